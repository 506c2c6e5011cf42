"""Settings, each read once from the environment by `env()`; the defaults run on one laptop with nothing configured."""

import os
import secrets
from locale import locale_alias
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.conf import locale

OFFICE = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    """The setting SERVANDA_<name>; docs/settings.md lists them all."""
    return os.environ.get(f"SERVANDA_{name}", "") or default


def _home() -> Path:
    """The folder that holds database and files: SERVANDA_HOME, else a folder of the user's own data directory."""
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(env("HOME", str(Path(data) / "servanda")))


def _secret_key() -> str:
    """The key given, or one made on first use and kept in the home folder, readable by its owner alone."""
    given = env("SECRET_KEY")
    if given:
        return given
    kept = HOME / "secret-key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text(encoding="utf-8")


HOME = _home()
SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = env("HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
TREATY = env("TREATY", "ccm")

ROOMS = ["common", "states", "contacts", "obligations", "archive", "finance", "reporting", "meetings", "site"]
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    *(f"servanda.office.{room}" for room in ROOMS),
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "servanda.office.config.page_cache.PageCache",
    "servanda.office.config.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "servanda.office.config.accounts.Viewers",
    "servanda.office.config.refusals.Refusals",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a report's tables send a field for every cell
ROOT_URLCONF = "servanda.office.config.urls"
WSGI_APPLICATION = "servanda.office.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "servanda.office.common.queries.page",
            ]
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(env("DATABASE_URL", f"sqlite:///{HOME / 'servanda.sqlite3'}"), conn_max_age=None),
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000;",
    }
# The search engine: `tantivy`, an index in the home folder, or `postgresql`, inside the database that several machines share.
SEARCH = env("SEARCH", "postgresql" if "postgresql" in DATABASES["default"]["ENGINE"] else "tantivy")
FILES = Path(env("FILES", str(HOME / "files")))
# A mail folder (maildir) whose new messages are filed for review.
MAILDIR = env("MAILDIR")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The six official languages of the United Nations; Django and allauth know Chinese only by its scripts.
locale_alias["zh"] = "zh_Hans.UTF-8"
locale.LANG_INFO.setdefault("zh", {"bidi": False, "code": "zh", "name": "Chinese", "name_local": "中文"})
LANGUAGE_CODE = "en"
LANGUAGES = [("ar", "العربية"), ("zh", "中文"), ("en", "English"), ("fr", "Français"), ("ru", "Русский"), ("es", "Español")]
LOCALE_PATHS = [OFFICE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

AUTH_USER_MODEL = "common.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
ACCOUNT_ADAPTER = "servanda.office.config.accounts.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Servanda"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = env("HTTPS") != "1"

# Mail goes to the server named, else into a folder where the Unit can read it.
MAIL = urlsplit(env("MAIL_URL"))
if MAIL.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS = MAIL.hostname, MAIL.port or 25, MAIL.scheme == "smtp+tls"
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(MAIL.username or ""), unquote(MAIL.password or "")
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(HOME / "outbox")
DEFAULT_FROM_EMAIL = env("MAIL_FROM", "servanda@localhost")

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 86_400

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = env("HTTPS") == "1"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_HSTS_SECONDS = 31_536_000 if env("HTTPS") == "1" else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
}
