"""The product's settings, and the app with the workflows that tests of the worker need."""

from momentum.settings import *  # noqa: F403
from momentum.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.core.journal"]
