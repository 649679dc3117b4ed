"""Django's settings, from the environment (``environment.py`` says which names there are)."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from csp.constants import NONE, SELF

from medskapa.cli.environment import read_or_exit
from medskapa.config.databases import database
from medskapa.config.keys import keys_or_exit
from medskapa.config.logs import logging_for
from medskapa.config.rooms import ROOMS
from medskapa.ground.web import languages

ENVIRONMENT = read_or_exit()
MEDSKAPA_LOCAL = ENVIRONMENT.is_local
MEDSKAPA_DATA = ENVIRONMENT.data
MEDSKAPA_KEY_FILE = ENVIRONMENT.key_file
MEDSKAPA_WITHDRAWN = ENVIRONMENT.withdrawn

DEBUG = ENVIRONMENT.is_debug
MEDSKAPA_KEYS = keys_or_exit(ENVIRONMENT)
SECRET_KEY = MEDSKAPA_KEYS.derived("django").hex()
ALLOWED_HOSTS = list(ENVIRONMENT.hosts) or ["localhost", "127.0.0.1", "[::1]"]

# Rooms and what they stand on. Rooms come first, so that their templates win over those of others.
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "medskapa.config.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "medskapa.ground.web.middleware.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "medskapa.ground.web.middleware.ErrorPages",
    "medskapa.ground.labs.middleware.LabOfRequest",
]
ROOT_URLCONF = "medskapa.config.urls"
WSGI_APPLICATION = "medskapa.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "medskapa.ground.labs.context.lab",
            ],
        },
    },
]
APPEND_SLASH = True

# Rows, tasks, cache. A read-only page opens no write transaction, so ATOMIC_REQUESTS stays off.
DATABASES = {"default": database(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "medskapa.ground.ledger.work.DiscreetBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}}

# Signing in: by a code sent to the address; passkeys and one-time passwords for staff. Nobody has a password.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
ACCOUNT_ADAPTER = "medskapa.ground.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(timedelta(minutes=10).total_seconds())
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code that signs in has shown whose address it is
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if MEDSKAPA_LOCAL else "https"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "labs:first"
ACCOUNT_LOGOUT_REDIRECT_URL = "choose_language"
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": True, "length": 8}
ACCOUNT_FORMS = {
    "login": "medskapa.ground.people.forms.LoginForm",
    "request_login_code": "medskapa.ground.people.forms.RequestLoginCodeForm",
    "confirm_login_code": "medskapa.ground.people.forms.ConfirmLoginCodeForm",
}
MFA_FORMS = {
    "authenticate": "medskapa.ground.people.forms.AuthenticateForm",
    "reauthenticate": "medskapa.ground.people.forms.ReauthenticateForm",
    "activate_totp": "medskapa.ground.people.forms.ActivateTOTPForm",
    "deactivate_totp": "medskapa.ground.people.forms.DeactivateTOTPForm",
    "generate_recovery_codes": "medskapa.ground.people.forms.GenerateRecoveryCodesForm",
    "add_webauthn": "medskapa.ground.people.forms.AddWebAuthnForm",
    "edit_webauthn": "medskapa.ground.people.forms.EditWebAuthnForm",
}
MFA_ADAPTER = "medskapa.ground.people.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Medskapa"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = MEDSKAPA_LOCAL

# Languages and time. Time is kept in UTC and shown in the lab's zone.
LANGUAGE_CODE = "en"
LANGUAGES = languages.LANGUAGES
LANGUAGES_BIDI = languages.LANGUAGES_BIDI
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# Static files, collected once under names that hold their hash.
STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Cookies and headers. `same-origin` lets our own forms send their origin; `no-referrer` would not.
SESSION_COOKIE_NAME = "account" if MEDSKAPA_LOCAL else "__Host-account"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not MEDSKAPA_LOCAL
CSRF_COOKIE_NAME = "csrf" if MEDSKAPA_LOCAL else "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "medskapa.ground.web.error_pages.not_from_our_page"
CSRF_COOKIE_SECURE = not MEDSKAPA_LOCAL
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_SSL_REDIRECT = not MEDSKAPA_LOCAL
SECURE_HSTS_SECONDS = 0 if MEDSKAPA_LOCAL else int(timedelta(days=365).total_seconds())
SECURE_HSTS_INCLUDE_SUBDOMAINS = not MEDSKAPA_LOCAL
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

# What people send: small forms; recordings and pictures have their own limits.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_HANDLERS = ["medskapa.ground.web.uploads.InMemory"]


def _mail() -> dict[str, Any]:
    """Where mails go: to the page *Sent mail* in local mode, else to the mail server of MEDSKAPA_MAIL."""
    server = ENVIRONMENT.mail
    if server is None:
        return {"EMAIL_BACKEND": "medskapa.ground.people.mail.SentMail"}
    is_tls = server.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": server.hostname,
        "EMAIL_PORT": server.port or (465 if is_tls else 587),
        "EMAIL_HOST_USER": unquote(server.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(server.password or ""),
        "EMAIL_USE_SSL": is_tls,
        "EMAIL_USE_TLS": not is_tls,
        "EMAIL_TIMEOUT": 20,
    }


globals().update(_mail())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
LOGGING = logging_for("DEBUG" if DEBUG else "INFO")
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # an address is unique whatever its capitals: constraint account_email_once
    "security.W021",  # to put a domain on the browsers' own lists, for good, is its owner's choice
]
