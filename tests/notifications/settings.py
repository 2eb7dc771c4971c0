"""The product's settings for a worker whose clock is moved."""

from momentum.settings import *  # noqa: F403
from momentum.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.notifications.moved_clock"]
