"""Previews of what mails say, in the panel: what was typed, for whom, and as a test."""

import re
from typing import Any

import pytest

from momentum.events.models import AuditEntry
from momentum.mail.models import Email, EmailText
from momentum.notifications.domain.kinds import NotificationKind
from momentum.notifications.domain.references import referred
from momentum.notifications.models import Notification
from momentum.panel.queries import mail_texts
from tests.factories import make_course, make_enrolment
from tests.mailing import mailbox
from tests.panel.reminder import KINDS, PAGE, REMINDER

pytestmark = pytest.mark.usefixtures("reminder")


def test_a_preview_shows_what_was_typed_and_saves_nothing(as_admin: Any) -> None:
    typed = {"subject": "Hi {{ name }}", "introduction": "Edited.", "version": "0"}

    answer = as_admin.post(f"{PAGE}preview/", typed)

    page = as_admin.get(answer.headers["Location"]).text
    assert "Preview, not saved yet" in page
    assert "Hi Nora Newcomer" in page
    assert 'value="Hi {{ name }}"' in page
    light, dark = (one.replace("&amp;", "&") for one in re.findall(r'<iframe[^>]* src="([^"]+)"', page))
    for address, media in ((light, "(max-width: 0)"), (dark, "(min-width: 0)")):
        formatted = as_admin.get(address)
        assert "Edited." in formatted.text
        assert f"@media {media}" in formatted.text
        assert "sandbox" in formatted.headers["Content-Security-Policy"]
    assert not EmailText.objects.exists()
    assert not Email.objects.exists()


def test_while_typing_the_last_preview_stays_until_the_template_is_right(as_admin: Any) -> None:
    headers = {"HX-Request": "true"}

    wrong = as_admin.post(f"{PAGE}preview/", {"subject": "Hi {{ na", "introduction": ""}, headers=headers)
    right = as_admin.post(
        f"{PAGE}preview/", {"subject": "Hi {{ name }}", "introduction": ""}, headers=headers
    )

    assert (wrong.status_code, wrong.headers["HX-Reswap"]) == (200, "none")
    assert "Subject: Line 1: “{{” isn’t closed with “}}”." in wrong.text
    assert 'id="preview"' not in wrong.text
    assert "HX-Reswap" not in right.headers
    assert "Hi Nora Newcomer" in right.text
    assert 'id="problems"' in right.text
    assert "isn’t closed" not in right.text


def test_a_preview_for_a_person_is_audited_once_however_much_is_typed(
    as_admin: Any, admin: Any, learner: Any
) -> None:
    for subject in ("Hi {{ name }}", "Hello {{ name }}"):
        answer = as_admin.post(
            f"{PAGE}preview/", {"subject": subject, "introduction": "", "person": "LEA@example.com"}
        )

    page = as_admin.get(answer.headers["Location"]).text
    assert "Hello Lea Learner" in page
    (entry,) = AuditEntry.objects.filter(name="letter.previewed")
    assert (entry.actor_id, entry.subject_id, entry.data) == (admin.pk, learner.pk, {"kind": "test.reminder"})
    unknown = as_admin.post(
        f"{PAGE}preview/", {"subject": "", "introduction": "", "person": "no@example.com"}
    )
    assert unknown.status_code == 422
    assert "There is no account with this address." in unknown.text


def test_a_preview_for_a_person_is_about_what_they_were_last_told(
    as_admin: Any, learner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = NotificationKind(REMINDER)
    monkeypatch.setattr(mail_texts, "notification_kinds", lambda: {kind.name: kind})
    typed = {"subject": "{{ lesson }}", "introduction": "", "person": learner.email}
    answer = as_admin.post(f"{PAGE}preview/", typed)
    assert "what it is about is made up" in as_admin.get(answer.headers["Location"]).text
    about = referred({"user": learner, "lesson": "Neap tides"})
    Notification.objects.create(user=learner, kind=kind.name, cause="1", title="Today", about=about)

    preview = as_admin.get(answer.headers["Location"]).text

    assert "With what Lea Learner was told last" in preview
    assert "Neap tides" in preview


def test_a_test_says_what_was_typed(as_admin: Any, admin: Any) -> None:
    answer = as_admin.post(
        f"{PAGE}test/", {"subject": "Try {{ lesson }}", "introduction": "", "person": "", "version": "0"}
    )

    assert answer.headers["Location"].startswith(f"{PAGE}?draft=")
    assert [(one.to, one.subject) for one in mailbox] == [([admin.email], "Try Tides")]
    assert not EmailText.objects.exists()


def test_ours_is_offered_as_a_template_to_begin_with(as_admin: Any) -> None:
    page = as_admin.get(PAGE).text

    assert "Leave empty for the standard text: “Today: {{ lesson }}”" in page
    assert "<code>{{ streak }}</code>" in page


def test_a_reminder_that_is_over_is_previewed_with_something_made_up(as_admin: Any, learner: Any) -> None:
    tides = make_course()
    make_enrolment(learner, tides, done=1)  # today's is done
    about = referred({"user": learner, "course": str(tides.pk)})
    kind = "engagement.lesson_reminder"
    Notification.objects.create(user=learner, kind=kind, cause="1", title="Today", about=about)

    answer = as_admin.post(
        f"{KINDS}{kind}/preview/", {"subject": "", "introduction": "", "person": learner.email}
    )

    page = as_admin.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "what it is about is made up" in page.text
