"""Django's settings, read from the environment: ZHENGBEN_HOME, ZHENGBEN_DATABASE, ZHENGBEN_SECRET, ZHENGBEN_HOSTS.

ZHENGBEN_HOME is the folder of everything this installation keeps (default `./var`); the database lives there unless
ZHENGBEN_DATABASE names another. ZHENGBEN_HTTPS=1 says that people come by https, through a proxy of one's own that
ZHENGBEN_PROXY names by its address.
"""

import os
import secrets
from pathlib import Path

from zhengben.store.database import database

HOME = Path(os.environ.get("ZHENGBEN_HOME", "var")).resolve()
IN_RANGE = os.environ.get("ZHENGBEN_RANGE", "") == "1"  # the training range marks every page and its own database


def _secret(home: Path) -> str:
    """Give the key that signs sessions: from the environment, from `home/secret`, or one for this process only."""
    if given := os.environ.get("ZHENGBEN_SECRET"):
        return given
    try:
        return (home / "secret").read_text("ascii").strip() or secrets.token_urlsafe(48)
    except OSError:
        return secrets.token_urlsafe(48)


SECRET_KEY = _secret(HOME)
HTTPS = os.environ.get("ZHENGBEN_HTTPS", "") == "1"
DEBUG = False
ALLOWED_HOSTS = [name for name in os.environ.get("ZHENGBEN_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if name]
DATABASES = {"default": database(os.environ.get("ZHENGBEN_DATABASE", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "zhengben.store.apps.StoreConfig",
    "zhengben.console",
    "zhengben.portal",
]
MIDDLEWARE = [
    "zhengben.server.shield.Shield",  # headers, language, time and rate of every request
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhengben.server.errors.Locked",
]
ROOT_URLCONF = "zhengben.server.urls"
WSGI_APPLICATION = "zhengben.server.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
LOGIN_URL = "/sign-in/"
SESSION_COOKIE_NAME = "zhengben"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# a cookie that is Secure never comes back over plain http, which is how an installation on loopback is reached
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS] if HTTPS else []
CSRF_FAILURE_VIEW = "zhengben.server.errors.forbidden_form"
SESSION_COOKIE_AGE = 12 * 3600
PASSWORD_RESET_TIMEOUT = 24 * 3600  # one-time sign-in links
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
