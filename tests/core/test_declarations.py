"""What an app declares is found: by being installed, and without being named anywhere else."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

APP = {
    "__init__.py": "",
    "events.py": 'EVENTS = ("tide.rose",)\nPUBLIC = EVENTS\nAUDITED = {"tide.rose": "Let the tide rise"}\n',
    "letters.py": """
from momentum.mail.domain.kinds import EmailKind, EmailContent

def write():
    return EmailContent(subject="High tide", paragraphs=["At noon."])

LETTERS = (EmailKind("tides.high", "High tide", "The tide rose.", write, dict),)
""",
    "notifications.py": """
from momentum.notifications.domain.kinds import NotificationKind
from tides.letters import LETTERS

NOTIFICATIONS = (NotificationKind(LETTERS[0]),)
""",
    "models.py": """
from django.db import models

class Tide(models.Model):
    metres = models.IntegerField()
""",
    "personal.py": """
from momentum.core.personal_data import Table

PERSONAL = {"tides.Tide": Table(plain="id metres")}
""",
    "panel/__init__.py": """
from momentum.core.panel_sections import Section

SECTIONS = (Section("Tides", "sun", "panel:tides:tides", 5),)
""",
    "panel/urls.py": """
from django.urls import path

urlpatterns = [path("tides/", lambda request: None, name="tides")]
""",
    "site_settings.py": """
from typing import Annotated
from momentum.site.domain.sections import Section, Setting

class TideSettings(Section):
    name = "tides"
    title = "Tides"
    warn: Annotated[bool, Setting("Warn", variable="TIDES_WARN")] = True

SECTIONS = (TideSettings,)
""",
    "workflows.py": """
from momentum.core.durable import Queue

QUEUES = [Queue("tides", at_once=1)]
""",
}
SETTINGS = """
from momentum.settings import *
from momentum.site.domain.environment import from_environment

INSTALLED_APPS = [*INSTALLED_APPS, "tides"]
SETTINGS_FROM_ENVIRONMENT = from_environment(INSTALLED_APPS)
"""
FOUND = """
import json
import django

django.setup()

from django.urls import reverse

from momentum.core.panel_sections import panel_sections
from momentum.events.queries.declared import audited, events, public
from momentum.mail.domain.kinds import kinds
from momentum.notifications.domain import kinds as notifications
from momentum.privacy.queries.registry import tables
from momentum.site.queries.current import resolve
from momentum.site.queries.declared import sections
from momentum.worker import load_workflows

print(json.dumps({
    "event": "tide.rose" in events() and "tide.rose" in public(),
    "words": audited()["tide.rose"],
    "letter": kinds()["tides.high"].write().subject,
    "notification": notifications.kinds()["tides.high"].email.name,
    "columns": tables()["tides.Tide"].columns,
    "first section": panel_sections()[0].label,
    "address": reverse("panel:tides:tides"),
    "setting": resolve(sections()["tides"], {}).locked,
    "queue": "tides" in [queue.name for queue in load_workflows()[0]],
}))
"""


def test_everything_finds_an_app_that_is_installed(tmp_path: Path) -> None:
    for name, text in APP.items():
        (tmp_path / "tides" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tides" / name).write_text(text)
    (tmp_path / "tides_settings.py").write_text(SETTINGS)

    found = _run(tmp_path)

    assert found == {
        "event": True,
        "words": "Let the tide rise",
        "letter": "High tide",
        "notification": "tides.high",
        "columns": ["id", "metres"],
        "first section": "Tides",
        "address": "/panel/tides/",
        "setting": {"warn": "TIDES_WARN"},
        "queue": True,
    }


def _run(folder: Path) -> dict[str, Any]:
    own = {"PYTHONPATH": str(folder), "DJANGO_SETTINGS_MODULE": "tides_settings", "TIDES_WARN": "no"}
    done = subprocess.run(
        [sys.executable, "-c", FOUND], env=os.environ | own, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
