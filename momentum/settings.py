"""What is fixed while a process runs, from the environment only. A bad value stops the start with one sentence.

What administrators may change besides is declared by apps, in their `site_settings.py`.

The table in README.md says what each variable means; `momentum doctor` says which are in force.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

import momentum.providers.push.configured as push
from momentum.core import environment as env
from momentum.core.database import configuration
from momentum.core.home import database_folder, home
from momentum.core.postgres import running_url
from momentum.core.secret_key import secret_key
from momentum.providers.identity.configured import cognito_pool, social_providers
from momentum.providers.mail import configured as mail
from momentum.providers.payments import configured as payments
from momentum.site.domain.environment import from_environment

BASE_DIR = Path(__file__).resolve().parent

MODE = env.choice("MOMENTUM_MODE", "development", among=("development", "production"))
DEVELOPMENT = MODE == "development"
DEBUG = env.flag("MOMENTUM_DEBUG", default=False)
MOMENTUM_HOME = home()
PORT = env.number("PORT", 8000, low=1, high=65535)
BASE_URL = env.text("MOMENTUM_BASE_URL", f"http://localhost:{PORT}").rstrip("/")
_secure = BASE_URL.startswith("https://")
BEHIND_PROXY = env.flag("MOMENTUM_BEHIND_PROXY", default=False)
# Of each process that serves pages. A proxy has one address, and counts by itself.
CONNECTIONS_OF_ADDRESS = (
    0 if BEHIND_PROXY else env.number("MOMENTUM_CONNECTIONS_PER_ADDRESS", 600, low=10, high=16_000)
)

SECRET_KEY = env.secret("MOMENTUM_SECRET_KEY")
if not DEVELOPMENT:
    # A short text that is repeated is as easy to guess as the text.
    repeats = any(SECRET_KEY[length:] == SECRET_KEY[:-length] for length in range(1, 25))
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or repeats:
        raise env.BadSettingError(
            "MOMENTUM_SECRET_KEY",
            "(hidden)" if SECRET_KEY else "",
            "50 random characters or more in production, such as `openssl rand -base64 48` prints",
        )
    _address = urlsplit(BASE_URL)
    if not (_secure and _address.hostname and _address.netloc == BASE_URL.removeprefix("https://")):
        raise env.BadSettingError(
            "MOMENTUM_BASE_URL",
            BASE_URL,
            "the address that people use, with https, in production, and no path",
        )
SECRET_KEY_FALLBACKS = env.names("MOMENTUM_OLD_SECRET_KEYS")
ALLOWED_HOSTS = env.names(
    "MOMENTUM_ALLOWED_HOSTS", ("*",) if DEVELOPMENT else (urlsplit(BASE_URL).hostname or "localhost",)
)
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# --- database -------------------------------------------------------------------------------------

DATABASES = configuration.databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must hold across processes, so what is cached lives in the database too.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- what is installed ----------------------------------------------------------------------------

INSTALLED_APPS = [
    "momentum.core",
    "momentum.providers.payments.sandbox",
    "momentum.events",
    "momentum.ui",
    "momentum.site",
    "momentum.mail",
    "momentum.notifications",
    "momentum.accounts",
    "momentum.catalog",
    "momentum.learning",
    "momentum.payments",
    "momentum.recommendation",
    "momentum.engagement",
    "momentum.search",
    "momentum.analytics",
    "momentum.studio",
    "momentum.support",
    "momentum.privacy",
    "momentum.panel",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.facebook",
    "django_htmx",
    "django_prose_editor",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "momentum.core.requests.RequestLog",
    "momentum.core.requests.NoStore",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "momentum.ui.csrf.CsrfViewMiddleware",
    "momentum.accounts.middleware.Authentication",
    "momentum.accounts.middleware.TimeZone",
    "momentum.accounts.middleware.KnownBrowser",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "momentum.core.requests.Addresses",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "momentum.accounts.middleware.Impersonation",
    "momentum.ui.errors.DomainErrors",
]
ROOT_URLCONF = "momentum.urls"
WSGI_APPLICATION = "momentum.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [
            BASE_DIR.joinpath(*app.split(".")[1:], "templates")
            for app in INSTALLED_APPS
            if app.startswith("momentum.")
        ],
        "OPTIONS": {
            "environment": "momentum.ui.jinja.environment",
            "context_processors": [
                "momentum.ui.context_processors.page",
                "momentum.recommendation.context_processors.next_course",
            ],
        },
    },
    {
        # Only for what third parties render themselves.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

# --- what administrators may change ---------------------------------------------------------------

# Apps declare it in their site_settings.py. What the environment says of it is in force, and can't be changed.
SETTINGS_FROM_ENVIRONMENT = from_environment(INSTALLED_APPS)

# --- people ---------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
# The address is unique whatever its case, by a constraint on lower(email) that this check can't see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "momentum.accounts.domain.passwords.MixedCharacters"},
]
SESSION_ENGINE = "momentum.accounts.models.session_store"
SESSION_COOKIE_NAME = "momentum_session"
SESSION_COOKIE_SECURE = _secure
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_COOKIE_NAME = "momentum_csrf"
CSRF_COOKIE_SECURE = _secure
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "momentum.ui.errors.csrf_failure"
MESSAGE_STORAGE = "momentum.ui.message_storage.MessageStorage"

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "landing"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "momentum.accounts.adapters.account.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Only with "mandatory" can sign-up answer the same whether or not the address has an account.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
# Only in the browser that signed up; a link found elsewhere verifies and signs nobody in.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "change_password": "momentum.accounts.forms.account.ChangePasswordForm",
    "login": "momentum.accounts.forms.account.SignInForm",
    "reauthenticate": "momentum.accounts.forms.account.ReauthenticateForm",
    "reset_password": "momentum.accounts.forms.account.RecoverForm",
    "reset_password_from_key": "momentum.accounts.forms.account.NewPasswordForm",
    "set_password": "momentum.accounts.forms.account.SetPasswordForm",
    "signup": "momentum.accounts.forms.account.SignUpForm",
    "user_token": "momentum.accounts.forms.account.RecoveryLinkForm",
}
ACCOUNT_RATE_LIMITS = {
    # The key of login_failed is address and account together (see the adapter), so that a stranger
    # who guesses can't lock the owner out.
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    # One account, from all browsers together that its owner hasn't used: what many machines may guess. Browsers
    # that the owner knows are counted by themselves, and a link by mail makes a new one known.
    "login_strangers": "10/15m/key",
    # Of who is signed in: before an account is deleted, an address or a password changed, a second step taken away.
    "password_asked": "5/5m/key,10/15m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,3/5m/key",
    "confirm_email": "1/3m/key",
    # Of one machine for one address; and of all for one, so that nobody is flooded with mail.
    "sign_in_link": "3/15m/key,20/m/ip",
    "sign_in_links": "20/h/key",
    # Of who gave the right password, and whose codes can't be read any more.
    "lost_codes": "3/15m/key,10/d/key",
    "manage_email": "10/h/user",
    "upload": "60/h/user",
}
SOCIALACCOUNT_ADAPTER = "momentum.accounts.adapters.social.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = social_providers()
COGNITO_POOL = cognito_pool()
# A provider's word about an address never opens an account that exists; see accounts/adapters/social.py.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
MFA_ADAPTER = "momentum.accounts.adapters.mfa.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Momentum"
# A code may be half a minute old or early: clocks differ, and people type. Each is taken once (see the forms).
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "momentum.accounts.forms.mfa.ActivateTOTPForm",
    "add_webauthn": "momentum.accounts.forms.mfa.AddPasskeyForm",
    "authenticate": "momentum.accounts.forms.mfa.CodeForm",
    "authenticate_webauthn": "momentum.accounts.forms.mfa.PasskeyForm",
    "edit_webauthn": "momentum.accounts.forms.mfa.EditPasskeyForm",
    "login_webauthn": "momentum.accounts.forms.mfa.PasskeySignInForm",
    "reauthenticate": "momentum.accounts.forms.mfa.CodeAgainForm",
    "reauthenticate_webauthn": "momentum.accounts.forms.mfa.PasskeyAgainForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24

# --- language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- files ----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = MOMENTUM_HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = MOMENTUM_HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- copies ---------------------------------------------------------------------------------------

# The embedded server is copied every night unless somebody says otherwise; one of your own, only where they say so.
_embedded = bool(DATABASES) and running_url(database_folder()) == env.secret("MOMENTUM_DATABASE_URL")
_hour = env.text("MOMENTUM_BACKUP_HOUR", "2" if _embedded else "off")
BACKUP_HOUR = None if _hour == "off" else env.number("MOMENTUM_BACKUP_HOUR", 2, low=0, high=23)
BACKUPS_KEPT = env.number("MOMENTUM_BACKUPS_KEPT", 3, low=1, high=1000)

# --- mail -----------------------------------------------------------------------------------------

MAIL_DIRECTORY = MOMENTUM_HOME / "mail"
MAIL_AS_FILES = mail.MAIL_AS_FILES
MAIL = mail.way()
MAILERS = {"default": mail.mailer(MAIL, folder=MAIL_DIRECTORY)}
SES_REGION = mail.region()
SES_TOPICS = mail.topics()
# Where AWS's own variables say that its services are somewhere else, such as in a test.
SES_ENDPOINT = env.text("AWS_ENDPOINT_URL_SESV2")
SNS_ENDPOINT = env.text("AWS_ENDPOINT_URL_SNS")
# Only a test has the certificates of SNS anywhere else.
SNS_CERTIFICATES = ""

# --- messages to devices --------------------------------------------------------------------------

# Without a key the installation makes its own, and keeps it in the database, sealed.
VAPID_PRIVATE_KEY = push.vapid_key()
PUSH_CONTACT = push.contact()
SNS_APPLICATIONS = push.sns_applications()

# --- payments -------------------------------------------------------------------------------------

STRIPE_SECRET_KEY = env.secret("STRIPE_SECRET_KEY")
STRIPE_WEBHOOK_SECRET = env.secret("STRIPE_WEBHOOK_SECRET")
STRIPE_API_BASE = env.text("STRIPE_API_BASE")
STRIPE_TAX = env.flag("STRIPE_TAX", default=False)
PAYMENTS = payments.provider(development=DEVELOPMENT)
# Rehearsing in production is possible, for who says so; every page says so too.
SANDBOX_IN_PRODUCTION = PAYMENTS == "sandbox" and not DEVELOPMENT
SANDBOX_WEBHOOK_URL = env.text("MOMENTUM_SANDBOX_WEBHOOK_URL", f"{BASE_URL}/payments/webhook/")

# --- videos ---------------------------------------------------------------------------------------

HEYGEN_API_KEY = env.secret("HEYGEN_API_KEY")
HEYGEN_API_BASE = env.text("HEYGEN_API_BASE")
HEYGEN_AT_ONCE = env.number("HEYGEN_AT_ONCE", 10, low=1, high=1000)
HEYGEN_USD_A_MINUTE = env.number("HEYGEN_USD_A_MINUTE", 0.0, low=0, high=1000)

# --- the course writer ----------------------------------------------------------------------------

# Which it is, an administrator may change: studio/site_settings.py. Here is how models are reached.
WRITER_BASE_URL = env.text("MOMENTUM_WRITER_BASE_URL")
WRITER_API_KEY = env.secret("MOMENTUM_WRITER_API_KEY")
WRITER_REGION = env.text("MOMENTUM_WRITER_REGION", env.text("AWS_REGION", "us-east-1"))
# What the process that reads one document may use, of memory and of a processor.
DOCUMENT_MEMORY_MB = env.number("MOMENTUM_DOCUMENT_MEMORY_MB", 512, low=256, high=65_536)
DOCUMENT_SECONDS = env.number("MOMENTUM_DOCUMENT_SECONDS", 20, low=5, high=3600)
# Text recognition of scans, where momentum[ocr] is installed, and what one page of them may use.
OCR = env.flag("MOMENTUM_OCR", default=True)
OCR_MEMORY_MB = env.number("MOMENTUM_OCR_MEMORY_MB", 2048, low=1024, high=65_536)
OCR_SECONDS = env.number("MOMENTUM_OCR_SECONDS", 60, low=5, high=3600)
REFERENCE_MAX_BYTES = 50 * 1024 * 1024

# --- security -------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    # A form that leads to the provider's pages is answered with a redirect, which browsers check too.
    "form-action": [CSP.SELF, *payments.pages(PAYMENTS, base_url=BASE_URL)],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = _secure and not DEVELOPMENT
SECURE_HSTS_SECONDS = 31_536_000 if _secure and not DEVELOPMENT else 0
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

# --- logs -----------------------------------------------------------------------------------------

LOG_FORMAT = env.choice("MOMENTUM_LOG_FORMAT", "text" if DEVELOPMENT else "json", among=("text", "json"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request": {"()": "momentum.core.logs.RequestFilter"},
        "away": {"()": "momentum.core.logs.AwayFilter"},
    },
    "formatters": {
        "text": {"()": "momentum.core.logs.TextFormatter", "discreet": not DEVELOPMENT},
        "json": {"()": "momentum.core.logs.JsonFormatter", "discreet": not DEVELOPMENT},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["request", "away"]}
    },
    "root": {"handlers": ["stderr"], "level": env.text("MOMENTUM_LOG_LEVEL", "INFO").upper()},
    "loggers": {
        # core.requests writes one line a request; of these only what explains a failure is added.
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "CRITICAL"},
        # It would bring a handler of its own, which writes whatever an error says.
        "dbos": {"handlers": ["stderr"], "propagate": False},
    },
}

# The last, since it writes a file: a start that is refused leaves nothing behind.
if DEVELOPMENT and not SECRET_KEY:
    SECRET_KEY = secret_key(MOMENTUM_HOME)
