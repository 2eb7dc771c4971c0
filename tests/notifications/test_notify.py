"""Telling people what happened: once for each cause, by the channels of the kind, which an app declares."""

import ast
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction

from momentum.core.declarations import declared
from momentum.mail.domain import kinds as emails
from momentum.mail.models import Email
from momentum.notifications.actions.notify import notify
from momentum.notifications.domain.kinds import NotificationKind, kinds
from tests.factories import make_user
from tests.mailing import mailbox
from tests.test_architecture import PACKAGE

WELCOME = kinds()["accounts.welcome"]
NEW_BROWSER, EXPORT_READY = kinds()["accounts.new_browser"], kinds()["privacy.export_ready"]
# What proves who reads an address, or goes to one that is nobody's account, and who puts it into the outbox.
DIRECT = {
    "accounts.account_already_exists",
    "accounts.address_new",
    "accounts.address_old",
    "accounts.email_changed",
    "accounts.email_confirmation",
    "accounts.email_confirmation_signup",
    "accounts.email_deleted",
    "accounts.invitation",
    "accounts.lost_codes",
    "accounts.password_reset_key",
    "accounts.sign_in_link",
    "accounts.unknown_account",
    "privacy.account_deleted",
    "privacy.deletion_confirmation",
    "support.reply",
}
SENDERS = {
    "accounts/actions/email_addresses.py",
    "accounts/actions/invitations.py",
    "accounts/actions/mfa_recovery.py",
    "accounts/actions/sign_in_links.py",
    "accounts/adapters/account.py",
    "notifications/actions/notify.py",
    "privacy/actions/deletion.py",
    "privacy/actions/requests.py",
    "support/actions/answering.py",
}


def welcome(user: Any, cause: str) -> None:
    notify(WELCOME, user=user, about={"user": user}, cause=cause)


def warn(user: Any, cause: str) -> None:
    notify(NEW_BROWSER, user=user, about=NEW_BROWSER.email.sample(), cause=cause)


def test_one_cause_is_told_once_to_each_person_and_by_each_kind(learner: Any) -> None:
    other = make_user()
    for user in (learner, learner, other):
        warn(user, "first")
    warn(learner, "second")
    notify(EXPORT_READY, user=learner, about=EXPORT_READY.email.sample(), cause="first")

    told = sorted(Email.objects.values_list("kind", "user", "cause"))
    assert told == sorted(
        (kind, user.pk, f"{kind}/{user.pk}/{cause}")
        for kind, user, cause in (
            ("accounts.new_browser", learner, "first"),
            ("accounts.new_browser", other, "first"),
            ("accounts.new_browser", learner, "second"),
            ("privacy.export_ready", learner, "first"),
        )
    )
    assert len(mailbox) == 4


def test_what_is_rolled_back_is_not_told(learner: Any) -> None:
    with transaction.atomic():
        welcome(learner, "first")
        transaction.set_rollback(True)

    assert not Email.objects.exists()


def test_what_an_older_version_told_is_not_told_again(learner: Any) -> None:
    fields = {"user": learner, "address": learner.email, "language": "en", "subject": "S", "text": "T"}
    for kind, cause in (
        ("accounts.welcome", f"welcome/{learner.pk}"),
        ("accounts.sign_in_link", "some/cause"),
    ):
        Email.objects.create(kind=kind, cause=cause, **fields)
    with connection.cursor() as cursor:
        cursor.execute(import_module("momentum.mail.migrations.0003_causes").CAUSES)

    welcome(learner, str(learner.pk))

    told = dict(Email.objects.values_list("kind", "cause"))
    assert told == {
        "accounts.welcome": f"accounts.welcome/{learner.pk}/{learner.pk}",
        "accounts.sign_in_link": "some/cause",
    }
    assert Email.objects.count() == 2


def test_an_account_that_is_gone_is_told_nothing(db: None) -> None:
    notify(WELCOME, user=None, about={"user": None}, cause="first")

    assert not Email.objects.exists()


@pytest.mark.parametrize("name", ["accounts.nothing", "accounts.welcome"])
def test_a_kind_that_no_app_declares_is_refused(learner: Any, name: str) -> None:
    with pytest.raises(ValueError, match="No app declares"):
        notify(
            NotificationKind(replace(WELCOME.email, name=name)),
            user=learner,
            about={"user": learner},
            cause="first",
        )

    assert not Email.objects.exists()


def test_what_has_no_cause_is_refused(learner: Any) -> None:
    with pytest.raises(ValueError, match="no cause"):
        welcome(learner, "")

    assert not Email.objects.exists()


def test_two_kinds_never_share_a_name(monkeypatch: Any) -> None:
    module = declared("notifications")["accounts"]
    monkeypatch.setattr(module, "NOTIFICATIONS", (*module.NOTIFICATIONS, replace(WELCOME)))

    with pytest.raises(ValueError, match="Two notifications"):
        kinds.__wrapped__()


def test_every_kind_that_an_app_makes_is_declared_under_its_name_and_sends_a_declared_email() -> None:
    made = {
        (app, found.name)
        for app, module in declared("notifications").items()
        for value in vars(module).values()
        for found in (value.values() if isinstance(value, dict) else [value])
        if isinstance(found, NotificationKind)
    }

    assert {name for _app, name in made} == set(kinds())
    assert all(name.startswith(f"{app}.") for app, name in made)
    assert all(emails.kinds()[kind.email.name] is kind.email for kind in kinds().values())


def test_every_email_is_sent_by_one_notification_or_is_known_to_prove_an_address() -> None:
    told = [kind.email.name for kind in kinds().values()]

    assert len(told) == len(set(told))
    assert set(told) | DIRECT == set(emails.kinds())
    assert set(told) & DIRECT == set()


def test_nothing_else_puts_mail_into_the_outbox() -> None:
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if path.parts[len(PACKAGE.parts)] != "mail"
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.ImportFrom) and node.module == "momentum.mail.actions.outbox")
        or (
            isinstance(node, ast.Attribute) and node.attr == "enqueue" and ast.unparse(node.value) == "outbox"
        )
    }

    assert found == SENDERS
