"""The product's settings, and the app that brings the scribe into a worker."""

from momentum.settings import *  # noqa: F403
from momentum.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.studio.scribe"]
