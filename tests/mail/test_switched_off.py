"""Switching kinds of mail off: which may be, what becomes of what waits, and what the log says."""

from typing import Any

import pytest

from momentum.core.errors import ConflictError, ForbiddenError
from momentum.events.models import AuditEntry
from momentum.mail.actions import outbox, toggles
from momentum.mail.domain.kinds import Purpose, kinds
from momentum.mail.models import Email, Keeps, SwitchedOffKind
from momentum.mail.queries.edits import is_on
from tests.mailing import mailbox

WELCOME, RECEIPT = kinds()["accounts.welcome"], kinds()["payments.receipt"]


def test_what_waits_when_its_kind_is_switched_off_is_not_sent_and_the_log_says_so(
    admin: Any, learner: Any
) -> None:
    message = outbox.enqueue(WELCOME, user=learner, about={"user": learner}, cause="welcome/1")

    toggles.switch_off(actor=admin, kind=WELCOME)

    assert mailbox == []
    message.refresh_from_db()
    assert (message.get_state_display(), message.text, message.html) == ("Switched off", "", "")
    assert not message.can_be_resent


def test_what_was_not_sent_stays_unsaid_when_its_kind_is_switched_on_again(admin: Any, learner: Any) -> None:
    toggles.switch_off(actor=admin, kind=WELCOME)
    outbox.enqueue(WELCOME, user=learner, about={"user": learner}, cause="welcome/1")
    assert mailbox == []

    toggles.switch_on(actor=admin, kind=WELCOME)

    outbox.enqueue(WELCOME, user=learner, about={"user": learner}, cause="welcome/1")
    assert mailbox == []
    outbox.enqueue(WELCOME, user=learner, about={"user": learner}, cause="welcome/2")
    assert len(mailbox) == 1


def test_a_test_of_a_kind_that_is_off_is_sent(admin: Any) -> None:
    toggles.switch_off(actor=admin, kind=WELCOME)

    outbox.send_test(actor=admin, kind=WELCOME)

    assert [one.to for one in mailbox] == [[admin.email]]


def test_switching_is_audited_once_however_often_it_is_done(admin: Any) -> None:
    for _ in range(2):
        toggles.switch_off(actor=admin, kind=WELCOME)
    assert not is_on(WELCOME)
    for _ in range(2):
        toggles.switch_on(actor=admin, kind=WELCOME)
    assert is_on(WELCOME)

    found = AuditEntry.objects.filter(name__startswith="mail.switched").order_by("id")
    assert list(found.values_list("name", "actor_id", "data")) == [
        ("mail.switched_off", admin.pk, {"kind": WELCOME.name}),
        ("mail.switched_on", admin.pk, {"kind": WELCOME.name}),
    ]


def test_what_lets_in_and_what_is_about_security_or_money_is_always_sent(admin: Any) -> None:
    with pytest.raises(ConflictError, match="about money"):
        toggles.switch_off(actor=admin, kind=RECEIPT)
    # Not even by hand.
    SwitchedOffKind.objects.create(kind=RECEIPT.name)
    assert is_on(RECEIPT)

    for kind in kinds().values():
        if kind.keeps != Keeps.ALL or kind.name.startswith(("payments.", "privacy.")):
            assert not kind.can_be_switched_off, kind.name
            assert kind.purpose != Purpose.OPTIONAL, kind.name


def test_only_administrators_switch_kinds(admin: Any, learner: Any) -> None:
    with pytest.raises(ForbiddenError):
        toggles.switch_off(actor=learner, kind=WELCOME)
    toggles.switch_off(actor=admin, kind=WELCOME)
    with pytest.raises(ForbiddenError):
        toggles.switch_on(actor=learner, kind=WELCOME)

    assert not is_on(WELCOME)
    assert AuditEntry.objects.filter(name__startswith="mail.switched").count() == 1
    assert not Email.objects.exists()
