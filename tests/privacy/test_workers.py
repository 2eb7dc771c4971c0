"""Real workers: what was asked for is done once, also by those who come after one that was killed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from momentum.accounts.models import User
from momentum.core import durable
from momentum.mail.models import Email
from momentum.privacy.actions import requests
from momentum.privacy.models import Deletion, Export
from tests.hiring import Staff, wait_for
from tests.privacy.traces import CANARY, leave_traces

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def _letters(staff: Staff) -> list[str]:
    return [path.read_text() for path in (staff.home / "mail").glob("*.eml")]


def test_everything_is_written_down_and_told_once_by_whoever_lives(staff: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = staff.home / "media"
    lea = leave_traces(CANARY)
    first = staff.hire()

    export = requests.ask_export(user=lea)
    wait_for(lambda: durable.status(f"privacy.export_data/{export.id}") != "ENQUEUED")
    first.kill()
    staff.hire()
    wait_for(lambda: durable.status(f"privacy.export_data/{export.id}") == "SUCCESS")

    assert Export.objects.get().is_there
    assert default_storage.exists(export.file)
    wait_for(lambda: not Email.objects.queued().exists())
    assert len([letter for letter in _letters(staff) if "Your data export is ready" in letter]) == 1


def test_who_changed_their_mind_stays_and_who_did_not_goes(
    staff: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = staff.home / "media"
    monkeypatch.setattr(requests, "DAYS_TO_THINK", timedelta(seconds=3))
    stays, goes = leave_traces("dimetrodon"), leave_traces(CANARY)
    for user in (stays, goes):
        requests.ask_deletion(user=user, password="Correct-horse-7")
    requests.withdraw_deletion(user=stays)
    deletion = Deletion.objects.open().get()
    first = staff.hire()
    wait_for(lambda: durable.status(f"privacy.delete_account/{deletion.id}") in {"PENDING", "SUCCESS"})
    first.kill()
    staff.hire()
    wait_for(lambda: durable.status(f"privacy.delete_account/{deletion.id}") == "SUCCESS")

    assert list(User.objects.filter(email__startswith="lea@")) == [stays]
    assert not default_storage.exists(f"avatars/{goes.avatar}-96.webp")
    assert default_storage.exists(f"avatars/{stays.avatar}-96.webp")
    assert timezone.now() > deletion.due_at
    wait_for(lambda: not Email.objects.queued().exists())
    said = [letter for letter in _letters(staff) if "Your account has been deleted" in letter]
    assert len(said) == 1
    assert goes.email in said[0]
    assert not Email.objects.filter(address=goes.email).exists()
