"""Settings: everything comes from the environment, and an unsafe combination refuses to start.

PORTAL_VAR             directory of the database file, the secret key and caches (.var)
DATABASE_URL           another database than SQLite, such as postgres://user@host/name
PORTAL_HOSTS           names the site answers to, separated by commas (this machine only)
PORTAL_HTTPS           1 when people reach it by https (1 as soon as PORTAL_HOSTS names another machine)
PORTAL_BEHIND_PROXY    1 when a proxy that sets X-Forwarded-Proto stands in front
PORTAL_TIME_ZONE       the lab's time zone, given to times typed without one (UTC)
PORTAL_SECRET_KEY      the signing secret, instead of the generated one
PORTAL_STATIC_ROOT     where collectstatic writes; without it static files are served from where they lie
PORTAL_ASSET_LOCATION  where data assets live, with {name} for the asset's name
PORTAL_NAME            what the site calls itself (Metadata Portal)
PORTAL_CLASSES         Python modules that register the lab's own classes, separated by commas
PORTAL_ORIGINS         further addresses that forms may come from, such as https://portal.lab.org:8443
PORTAL_IDLE_MINUTES    minutes without anything sent or typed after which people are signed out (60)
PORTAL_SESSION_HOURS   hours after which they sign in again in any case (12)
PORTAL_JOBS            0 where `manage.py work_off` is run again and again; 1 starts it when there is work (1)
PORTAL_LOG_LEVEL       DEBUG, INFO, WARNING or ERROR (INFO)
PORTAL_DEBUG           1 shows Django's debug pages; refused when PORTAL_HOSTS names another machine
PORTAL_TEST_DB         suffix of the test database's name
"""

import zoneinfo

from bootstrap_wrapper import get_bootstrap_dir
from django.core.exceptions import ImproperlyConfigured

from metadata_portal.settings import env
from metadata_portal.settings.database import databases
from metadata_portal.settings.security import content_policy, refuse_unsafe_hosts

BASE_DIR = env.BASE_DIR
VAR_DIR = env.private_dir((BASE_DIR / env.text("PORTAL_VAR", ".var")).resolve())

ALLOWED_HOSTS = env.words("PORTAL_HOSTS", env.LOCAL_HOSTS)
DEBUG = env.flag("PORTAL_DEBUG", default=False)
IS_LOCAL = refuse_unsafe_hosts(ALLOWED_HOSTS, debug=DEBUG)
HTTPS = env.flag("PORTAL_HTTPS", default=not IS_LOCAL)
SECRET_KEY = env.secret_key(VAR_DIR)

PORTAL_NAME = env.text("PORTAL_NAME", "Metadata Portal")
PORTAL_CLASSES = env.words("PORTAL_CLASSES")
PORTAL_JOBS = env.flag("PORTAL_JOBS", default=True)
PORTAL_ASSET_LOCATION = env.text("PORTAL_ASSET_LOCATION", "file:///data/{name}")

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "metadata_portal.foundation.admin_app.PortalAdminConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "ninja",
    "csp",
    "allauth",
    "allauth.account",
    "metadata_portal.foundation",
    "metadata_portal.accounts",
    "metadata_portal.registries",
    "metadata_portal.schemaforms",
    "metadata_portal.entries",
    "metadata_portal.equipment",
    "metadata_portal.subjects",
    "metadata_portal.bundles",
    "metadata_portal.site_admin",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "metadata_portal.foundation.middleware.CompressPages",
    # before whatever may answer by itself, so that every response carries the policy
    "csp.middleware.CSPMiddleware",
    "metadata_portal.foundation.middleware.RefuseHostileRequest",
    "metadata_portal.foundation.middleware.RefuseHugeRequest",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "metadata_portal.foundation.middleware.RefuseCrossSiteWrite",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "metadata_portal.accounts.sessions.SignedInFor",
    "metadata_portal.accounts.sessions.SignInRequired",
    "metadata_portal.foundation.middleware.RefuseHostileForm",
    "metadata_portal.registries.overlay.FreshTerms",
    "metadata_portal.foundation.middleware.AnswerPortalErrors",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "metadata_portal.urls"
WSGI_APPLICATION = "metadata_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["metadata_portal.accounts.templatetags.whose"],
            "libraries": {"lucide": "metadata_portal.foundation.icons"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "metadata_portal.foundation.context.portal",
                "metadata_portal.accounts.context.permissions_context",
            ],
        },
    },
]

DATABASES = databases(VAR_DIR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# shared by the processes of one machine, so that allauth counts attempts over all of them
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(env.private_dir(VAR_DIR / "cache")),
    },
}

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "metadata_portal.accounts.backends.RoleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site_admin:dashboard"
ACCOUNT_ADAPTER = "metadata_portal.accounts.adapter.ClosedAdapter"
ACCOUNT_FORMS = {
    "login": "metadata_portal.accounts.sign_in.PlainLoginForm",
    "change_password": "metadata_portal.accounts.sign_in.PlainChangePasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# our own sign-in view sends people on, unless a page of somebody else's asks
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# set-password links of the people page
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
# a session ends when nothing was sent for this long, typing included, and after half a day whatever was sent
SESSION_COOKIE_AGE = 60 * env.whole("PORTAL_IDLE_MINUTES", 60, least=10)
PORTAL_SESSION_SECONDS = 60 * 60 * env.whole("PORTAL_SESSION_HOURS", 12)

# Language and time

LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = env.text("PORTAL_TIME_ZONE", "UTC")
if TIME_ZONE not in zoneinfo.available_timezones():
    raise ImproperlyConfigured(f"PORTAL_TIME_ZONE is {TIME_ZONE!r}: give a name such as America/Los_Angeles.")
DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y-m-d H:i"
TIME_FORMAT = "H:i"

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = env.text("PORTAL_STATIC_ROOT") or None
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", str(get_bootstrap_dir()))]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "metadata_portal.foundation.joined.JoinedFinder",
]
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if STATIC_ROOT
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        ),
    },
}

# Forms

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# also what RefuseHugeRequest lets through, files included
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Safety

CONTENT_SECURITY_POLICY = content_policy()
# readable by our script, which sends the token that is valid now from pages opened before a sign-in
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "metadata_portal.accounts.session_views.forgery_refused"
CSRF_TRUSTED_ORIGINS = env.words("PORTAL_ORIGINS")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.flag("PORTAL_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # sign-in attempts are counted by the visitor's address, not the proxy's
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# Logging: to the console, where whoever started it looks

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("PORTAL_LOG_LEVEL", "INFO")},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
