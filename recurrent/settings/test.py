"""The test suite: as in service, on whichever database ``DATABASE_URL`` names."""

from recurrent.settings.base import *
from recurrent.settings.base import AUTHENTICATION_BACKENDS, DATABASES, VAR_DIR

RUN_MODE = "test"
DEBUG = False
SECRET_KEY = "tests only"
FIELD_KEYS = ["tests-only-tests-only-tests-only"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Signing in two hundred invented people must not cost two hundred slow hashes.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTHENTICATION_BACKENDS = [*AUTHENTICATION_BACKENDS, "programme.access.backends.DemoBackend"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMERGENCY_ANSWER_SECONDS = 0.0
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None  # type: ignore[assignment]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that a live server's threads have connections of their own, as in service.
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "tests.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
