"""What is true in every way of running. Facts of one installation come from the environment."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("RECURRENT_VAR", BASE_DIR / "var"))

# The ways of running: "demo" (invented people only), "test" and "service".
RUN_MODE = "unset"

# --- Who we are: one organisation's brand ---------------------------------------------------
SERVICE_NAME = os.environ.get("SERVICE_NAME", "Recurrent")
ORGANISATION_NAME = os.environ.get("ORGANISATION_NAME", "Your organisation")
BRAND_COLOUR = os.environ.get("BRAND_COLOUR", "#1d4f5c")
DUTY_LEAD_PHONE = os.environ.get("DUTY_LEAD_PHONE", "")
# Messages say that something waits, nothing more.
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or "no-reply@localhost"
# Every answer to an emergency takes as long, so that the time tells nothing.
EMERGENCY_ANSWER_SECONDS = 0.7

# --- Parts ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "recurrent.design",
    "programme",
    "cms",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "django_linear_migrations",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "recurrent.middleware.ResponseHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.middleware.EditorPolicy",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "programme.access.locking.LockWhenIdle",
    # Around the wall, so that it knows which rows were stored in the end.
    "programme.documents.middleware.FilesWithRows",
    # Innermost, so that its transaction holds the whole view (decision 0002).
    "programme.access.middleware.AccessWall",
]

ROOT_URLCONF = "recurrent.urls"
WSGI_APPLICATION = "recurrent.wsgi.application"
CSRF_FAILURE_VIEW = "recurrent.views.expired_form"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "recurrent.context.brand",
                "programme.desk.reads.navigation.navigation",
                "csp.context_processors.nonce",
            ],
            "libraries": {"drafts": "programme.drafts.tags"},
            "builtins": ["recurrent.design.templatetags.design"],
        },
    }
]
FORM_RENDERER = "recurrent.design.renderer.DesignRenderer"

# --- Database -------------------------------------------------------------------------------
DATABASE_URL = os.environ.get("DATABASE_URL", f"sqlite:///{VAR_DIR / 'demo.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
# The roles of the access wall (decision 0002). Neither owns anything.
DATABASE_APP_ROLE = "recurrent_app"
DATABASE_RELEASE_ROLE = "recurrent_release"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Signing in -----------------------------------------------------------------------------
AUTH_USER_MODEL = "programme.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "programme.access.backends.StaffBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "programme.access.adapter.ClosedAccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "recurrent.accounts.LoginForm",
    "reauthenticate": "recurrent.accounts.ReauthenticateForm",
    "change_password": "recurrent.accounts.ChangePasswordForm",
}
MFA_FORMS = {
    "authenticate": "recurrent.accounts.AuthenticateForm",
    "reauthenticate": "recurrent.accounts.ReauthenticateCodeForm",
    "activate_totp": "recurrent.accounts.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SERVICE_NAME
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False

# From the last request on, a session is kept for so long; after signing in, it is locked then.
SESSION_COOKIE_AGE = 12 * 60 * 60
# Without a request for so long a session is locked. 15 where a computer is shared.
IDLE_MINUTES = int(os.environ.get("IDLE_MINUTES", "30"))
# Whether the second factor is asked for too, beside the password.
UNLOCK_ASKS_CODE = os.environ.get("UNLOCK_ASKS_CODE", "yes") == "yes"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# What was done may name a person: it waits in the session, never in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- The browser is told to be careful ------------------------------------------------------
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}

# --- Words, time and numbers ----------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# --- Files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    ("frontend", BASE_DIR / "build" / "frontend"),
]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
# A caseload package of the largest size allowed is never written to a disk as it came.
FILE_UPLOAD_MAX_MEMORY_SIZE = 26 * 1024 * 1024
# What is larger is cut off there: no upload can fill a disk, and each form says it is too large.
FILE_UPLOAD_HANDLERS = [
    "recurrent.uploads.CutOff",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Documents of a record: a folder of its own that nothing serves; it belongs to the backup.
DOCUMENTS_ROOT = Path(os.environ.get("DOCUMENTS_ROOT", VAR_DIR / "documents"))
# clamd's socket (a path, or host:port on this machine). Set, every file is scanned and none is
# let in without an answer; empty, none is scanned.
CLAMD_SOCKET = os.environ.get("CLAMD_SOCKET", "")
CLAMD_SECONDS = 20

# --- Resources pages ------------------------------------------------------------------------
WAGTAIL_SITE_NAME = SERVICE_NAME
# In service the editor has a host name of its own, where no case page answers (quality.md D10).
EDITOR_HOST = os.environ.get("EDITOR_HOST", "")
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_ENABLE_UPDATE_CHECK = False
# Private means signing in: a password shared by many is nobody's.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Editors publish; nothing is mailed about.
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
# Nothing is fetched from, shown from or told to another site.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "ol", "ul", "link", "document-link"]},
    }
}
WAGTAILIMAGES_IMAGE_MODEL = "cms.Picture"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "txt", "mp3"]
# Documents are always saved, never opened inside the site.
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
# Where "Leave this site" goes: somewhere ordinary.
LEAVE_SITE_URL = os.environ.get("LEAVE_SITE_URL", "https://www.bbc.co.uk/weather")

# --- Work in the background -----------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- The log: ids and counts, no names, no words (quality.md H4) -----------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_words": {"()": "recurrent.logs.WithoutWords"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without_words"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django would mail a whole request to its administrators.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}

# Keys that scramble safe addresses and health text in the database (decision 0003).
FIELD_KEYS: list[str] = []

# Months a team reads a record after its episode ended, then by reference only (quality.md C2).
MONTHS_TEAM_READS_AFTER_CLOSING = 12

# How many of what a full-time worker usually holds, by pathway (blank: any other) and role.
# A worker whose own range is recorded goes by that.
USUAL_CASELOADS = {
    ("", "practitioner"): ("parents", 6, 8),
    ("pre_birth", "practitioner"): ("children", 10, 12),
    ("pre_birth", "consultant"): ("children", 0, 6),
}
# Days a parent may be with a programme before a first rating of needs is missed, and before a
# permission ends that it is spoken of.
DAYS_TO_FIRST_RATING = 28
DAYS_BEFORE_PERMISSION_ENDS = 30
# Days after which an agreed pause is looked at again, unless another day is set.
DAYS_TO_PAUSE_REVIEW = 28

SILENCED_SYSTEM_CHECKS: list[str] = []
