"""Settings: one file; every difference between machines comes from the environment.

Reading this file changes nothing: it starts no service, opens no file, makes no folder.
The variables and their meaning stand in docs/deployment.md.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from psycopg import IsolationLevel

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
# Where the embedded set-up keeps everything; elsewhere only the default of the folders below.
VAR = Path(env.str("VAR", str(BASE_DIR / "var")))

DEBUG = env.bool("DEBUG", False)
# The embedded set-up is for a laptop, the tests and the demo: services from wheels, mail in a letter box.
EMBEDDED = env.bool("EMBEDDED", False)

SECRET_KEY = env.str("SECRET_KEY", "only-for-the-embedded-set-up-and-the-checks" if EMBEDDED else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Geef SECRET_KEY in de omgeving: een lange, geheime, willekeurige tekst.")

PORTAL_URL = env.str("PORTAL_URL", "http://127.0.0.1:8000").rstrip("/")
PORTAL_NAME = env.str("PORTAL_NAME", "Huizenportaal")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "projects",
    "activities",
    "partners",
    "families",
    "huizen",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.humanize",  # django-allauth tells in words when a passkey was last used
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "django_htmx",
    "leaflet",  # only its files
    "csp",
]
if EMBEDDED:
    INSTALLED_APPS.insert(0, "demo")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huizen.shared_pages.SharedPages",
    "huizen.compression.Compression",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "huizen.page_language.PageLanguage",
    "django.middleware.common.CommonMiddleware",
    "huizen.forgery.ForgeryMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "huizen.start_middleware.KeepTheWayBack",
    "huizen.file_storage.SayWhenFull",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # What never changes in a template is worked out once (docs/adr/0014-what-never-changes-is-made-once.md).
            "loaders": [
                (
                    "huizen.folded_templates.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [f"huizen.templatetags.{name}" for name in ("ui", "menu", "lists")],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "huizen.navigation.portal",
            ],
        },
    },
]

# A pool: a new connection a request costs five times (docs/scaling.md). 0: every thread its own connection.
DATABASE_POOL = env.int("DATABASE_POOL", 8)
DATABASES = {"default": env.db_url("DATABASE_URL", "postgres://postgres@localhost/huizenportaal")}
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "pool": {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 5} if DATABASE_POOL else False,
    "connect_timeout": 5,
    # Readers of the house rely on it: a lock gives the row as it is now (registration, outbox).
    "isolation_level": IsolationLevel.READ_COMMITTED,
    # Only for the two statements that ask for it (huizen/outbox/claim.py).
    "prepare_threshold": 5,
}
# After a restart of PostgreSQL nobody gets a dead connection from the pool.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "redis://localhost:6379/0")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
    # Each web process its own: a page from memory costs half of one from the network (huizen/shared_pages.py).
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 1000}},
}
# How often a process asks the database what changed, in seconds (huizen/changes).
CHANGES_CHECK_SECONDS = env.float("CHANGES_CHECK_SECONDS", 1.0)
# How long a public page is kept, in seconds; 0: never.
SHARED_PAGE_SECONDS = env.int("SHARED_PAGE_SECONDS", 30)

# People.
AUTH_USER_MODEL = "huizen.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my"
LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = env.int("SESSION_DAYS", 30) * 24 * 3600
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "huizen.accounts.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED

# Words and time. Dutch is the language of the source; the clock is the one on the kitchen wall.
LANGUAGE_CODE = "nl-be"
# What a library says in plain Dutch stands apart: its own words are the keys.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "plain"]
# The law leaves other languages to exceptions (docs/adr/0011-languages-and-the-law.md): a portal in Brussels may set more.
TRANSLATED = {"fr": "Français", "en": "English", "ar": "العربية"}
PORTAL_LANGUAGES = env.list("PORTAL_LANGUAGES", default=["nl", *TRANSLATED] if EMBEDDED else ["nl"])
if unknown := set(PORTAL_LANGUAGES) - {"nl", *TRANSLATED}:
    raise ImproperlyConfigured(f"PORTAL_LANGUAGES: we hebben geen woorden voor {', '.join(sorted(unknown))}.")
LANGUAGES = [(LANGUAGE_CODE, "Nederlands")]
LANGUAGES += [(code, name) for code, name in TRANSLATED.items() if code in PORTAL_LANGUAGES]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", str(VAR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Collected, compressed and named by their content; the tests read them from where they are written.
STATIC_COLLECTED = env.bool("STATIC_COLLECTED", True)
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = not STATIC_COLLECTED
STORAGES = {
    "default": {
        "BACKEND": "huizen.file_storage.WholeFiles",
        "OPTIONS": {"location": env.str("MEDIA_ROOT", str(VAR / "media")), "base_url": "/media/"},
    },
    # Documents that only the people of one House read; no address leads here but our own page.
    "closed": {
        "BACKEND": "huizen.file_storage.WholeFiles",
        "OPTIONS": {"location": env.str("CLOSED_ROOT", str(VAR / "closed"))},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Mail. The outbox alone delivers; the address is an ordinary SMTP server everywhere.
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 20)
#: Who is told when the counted places are not the places that families have; without a name of anybody in it.
OPERATOR_EMAILS = env.list("OPERATOR_EMAILS", default=[])
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"{PORTAL_NAME} <portaal@huizenportaal.example>")
# Where the embedded set-up keeps the mail that it receives; read at /postvak/.
LETTERBOX = VAR / "letterbox"
# Where mail comes back that could not be delivered, and the Maildir into which the mail server puts it ("": by a pipe).
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", "")
BOUNCE_MAILDIR = env.str("BOUNCE_MAILDIR", "")
# The mail provider that tells what became of mail (docs/deployment.md), and "name:secret" with which it proves itself.
MAIL_PROVIDER = env.str("MAIL_PROVIDER", "")
ANYMAIL = {
    "WEBHOOK_SECRET": env.str("MAIL_PROVIDER_SECRET", ""),
    "MAILGUN_WEBHOOK_SIGNING_KEY": env.str("MAIL_PROVIDER_KEY", ""),
}

if MAIL_PROVIDER and not any(ANYMAIL.values()):
    raise ImproperlyConfigured(
        "Geef MAIL_PROVIDER_SECRET of MAIL_PROVIDER_KEY: anders kan iedereen zich voor de mailprovider uitgeven."
    )

# Text messages: the class of a provider (huizen/outbox/sms.py); without one there are none.
SMS_PROVIDER = env.str("SMS_PROVIDER", "")
SMS_URL = env.str("SMS_URL", "https://rest.messagebird.com/messages")
SMS_KEY = env.str("SMS_KEY", "")
SMS_SENDER = env.str("SMS_SENDER", "Huis")
SMS_TIMEOUT = env.int("SMS_TIMEOUT", 15)
# Euro for each part of 160 (or 70) signs.
SMS_SEGMENT_PRICE = env.str("SMS_SEGMENT_PRICE", "0.08")

# The outbox (huizen/outbox): times of day are Europe/Brussels.
OUTBOX_LEASE_SECONDS = env.int("OUTBOX_LEASE_SECONDS", 120)
OUTBOX_MAX_ATTEMPTS = env.int("OUTBOX_MAX_ATTEMPTS", 8)
OUTBOX_QUIET_FROM = env.int("OUTBOX_QUIET_FROM", 21)
OUTBOX_QUIET_UNTIL = env.int("OUTBOX_QUIET_UNTIL", 8)
# The hour of the morning mail.
OUTBOX_MORNING = env.int("OUTBOX_MORNING", 8)
# So many times sent back within so many days: nobody writes there any more.
OUTBOX_SOFT_BOUNCES = env.int("OUTBOX_SOFT_BOUNCES", 3)
OUTBOX_SOFT_BOUNCE_DAYS = env.int("OUTBOX_SOFT_BOUNCE_DAYS", 14)

# Who may read /metrics from another machine than this one.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")

# The map: where its tiles come from, `https://…/{z}/{x}/{y}.png`. Without: our own drawing, and no third party.
MAP_TILES_URL = env.str("MAP_TILES_URL", "")
MAP_TILES_CREDIT = env.str("MAP_TILES_CREDIT", "© OpenStreetMap")
_tiles = urlsplit(MAP_TILES_URL.replace("{s}", "*"))
MAP_TILES_ORIGIN = [f"{_tiles.scheme}://{_tiles.netloc}"] if MAP_TILES_URL else []

# Accepted figures of public projects as open data (docs/open-data.md): off until the agency decides.
OPEN_FIGURES = env.bool("OPEN_FIGURES", False)
OPEN_FIGURES_LICENCE = env.str(
    "OPEN_FIGURES_LICENCE", "https://data.vlaanderen.be/id/licentie/modellicentie-gratis-hergebruik/v1.0"
)
# What stands before the name of a project in its identifier: that of the agency in its register, once it has one.
OPEN_FIGURES_PREFIX = env.str("OPEN_FIGURES_PREFIX", "huizenportaal")

# How far ahead the moments of a rule are made (activities/actions/sessions.py).
SESSION_HORIZON_MONTHS = env.int("SESSION_HORIZON_MONTHS", 12)

# Celery is the clock and the doorbell; the database is the queue.
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A sign-up never waits for the doorbell: with the broker down it gives up at once.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "retry_policy": {"timeout": 2.0},
}
CELERY_TASK_PUBLISH_RETRY = False

# Safety. Secure by default; the embedded set-up has no certificate.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", not EMBEDDED)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
SECURE_REDIRECT_EXEMPT = [r"^gezond/$", r"^metrics$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 0 if EMBEDDED else 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = not EMBEDDED
SECURE_HSTS_PRELOAD = not EMBEDDED
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not EMBEDDED
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *MAP_TILES_ORIGIN],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# Our own kind of Django's protection against forgery stands in MIDDLEWARE; the check knows only the plain one by its name.
SILENCED_SYSTEM_CHECKS = ["security.W003"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
CSRF_FAILURE_VIEW = "huizen.views.errors.csrf_failure"
FORM_RENDERER = "huizen.forms.Renderer"
# Who types "mol.be" means https, as in the next Django.
FORMS_URLFIELD_ASSUME_HTTPS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    # They tell each step of making a paper (huizen/pdf.py).
    "loggers": {name: {"level": "ERROR"} for name in ("weasyprint", "fontTools")},
}
