"""Trying it out on one computer with invented people. Never for a real person's record."""

import secrets

from recurrent.settings.base import *
from recurrent.settings.base import AUTHENTICATION_BACKENDS, VAR_DIR

RUN_MODE = "demo"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ORGANISATION_NAME = "Demonstration: invented people only"


def _kept_secret(name: str, fresh: str) -> str:
    """A secret made on first use and kept beside the demo's database."""
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    path = VAR_DIR / name
    if not path.exists():
        path.write_text(fresh)
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = _kept_secret("secret-key", secrets.token_urlsafe(50))
FIELD_KEYS = [_kept_secret("field-key", secrets.token_urlsafe(32))]
AUTHENTICATION_BACKENDS = [*AUTHENTICATION_BACKENDS, "programme.access.backends.DemoBackend"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Messages go nowhere; what waits for the worker is done by a thread of ``serve_demo``.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Styles and scripts come straight from where they lie: nothing is gathered for a demo.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
LOGIN_URL = "demo:choose_person"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = "/demo/"
