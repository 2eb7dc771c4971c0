"""The product's settings, and the traps."""

from momentum.settings import *  # noqa: F403
from momentum.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.mail.trap"]
