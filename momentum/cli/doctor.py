"""`momentum doctor`: check everything this installation stands on, and say what is wrong and how to mend it."""

import argparse
import os
import shutil
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import NamedTuple

from momentum.cli.backup import PASSPHRASE
from momentum.cli.database import database
from momentum.cli.refusal import RefusedError, sentence
from momentum.core import environment
from momentum.core.database.address import VARIABLE
from momentum.core.durable import Late
from momentum.core.home import database_folder, home

OLDEST_PYTHON = (3, 12)
LOW_DISK_BYTES = 500_000_000


class Check(NamedTuple):
    """Something to look at: `look` returns what it found, or raises what is wrong."""

    title: str
    look: Callable[[], str]


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def main(options: argparse.Namespace) -> int:
    with ExitStack() as opened:
        healthy = True
        for check in _checks(opened):
            try:
                found = check.look()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
                healthy = False
                _report("WRONG", check.title, sentence(error))
                if check.title == "Database":
                    _report("", "", "Checks that need the database were skipped.")
                    break
            else:
                _report("ok", check.title, found)
    sys.stdout.write("Everything is OK.\n" if healthy else "Problems found; see above.\n")
    return 0 if healthy else 1


def _checks(opened: ExitStack) -> Iterator[Check]:
    yield Check("Python", _python)
    yield Check("Home", _home)
    yield Check("Database", lambda: _database(opened))
    yield Check("Tables", _tables)
    yield Check("Queue", _queue)
    yield Check("Settings", _settings)
    yield Check("Static files", _static_files)
    yield Check("Uploads", _uploads)
    yield Check("Mail", _mail)
    yield Check("Push", _push)
    yield Check("Secret key", _secret_key)
    yield Check("Signing in", _signing_in)
    yield Check("Payments", _payments)
    yield Check("Course writer", _writer)
    yield Check("Scans", _scans)


def _report(verdict: str, title: str, text: str) -> None:
    sys.stdout.write(f"{verdict:<6} {title:<14} {text}\n")
    sys.stdout.flush()


def _python() -> str:
    if sys.version_info < OLDEST_PYTHON:
        raise RefusedError(
            f"This is Python {sys.version.split()[0]}; Momentum needs 3.12 or newer. Install a newer version."
        )
    return sys.version.split()[0]


def _home() -> str:
    place = home()
    try:
        place.mkdir(parents=True, exist_ok=True)
        probe = place / f".doctor-{os.getpid()}"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise RefusedError(
            f"{place} is not writable: {error.strerror}. Make it writable for the user that runs Momentum, "
            "or set MOMENTUM_HOME to another folder."
        ) from error
    free = shutil.disk_usage(place).free
    if free < LOW_DISK_BYTES:
        raise RefusedError(f"Only {free // 1_000_000} MB free for {place}. Free up disk space.")
    return f"{place}, {free // 1_000_000_000} GB free"


def _database(opened: ExitStack) -> str:
    own = not os.environ.get(VARIABLE)
    opened.enter_context(database())
    from django.db import connection

    from momentum.core.database.configuration import address, direct_address
    from momentum.core.database.connections import connect
    from momentum.core.database.process_kinds import Kind

    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version')")
        [version] = cursor.fetchone()
    # As the web processes reach it, and as workers do.
    connect(address(), Kind.WEB).close()
    connect(direct_address(), Kind.WORKER).close()
    return f"PostgreSQL {version}, {f'embedded, in {database_folder()}' if own else f'from {VARIABLE}'}"


def _tables() -> str:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from momentum.core.database.version_check import refuse_newer_database

    refuse_newer_database()
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise RefusedError(f"{len(waiting)} migrations have not been applied. Run `momentum migrate`.")
    return "up to date"


def _settings() -> str:
    """Say how many settings were changed here, and which stored values aren't used."""
    from momentum.site.domain.sections import Source
    from momentum.site.queries.current import current
    from momentum.site.queries.declared import sections

    found = [current(section) for section in sections().values()]
    wrong = [
        f"{section.name}.{field} must be {expected}; until then it is {getattr(section, field)}."
        for section in found
        for field, expected in section.unusable.items()
    ]
    if wrong:
        raise RefusedError(f"{' '.join(wrong)} Correct it with `momentum settings`.")
    sources = [source for section in found for source in section.sources.values()]
    changed, locked = sources.count(Source.DATABASE), sources.count(Source.ENVIRONMENT)
    return f"{changed} changed here, {locked} set by the environment"


def _queue() -> str:
    from momentum.core import durable

    if not durable.schema_is_current():
        raise RefusedError("The tables of the job queue are missing or out of date. Run `momentum migrate`.")
    if late := durable.late_queues():
        raise RefusedError(" ".join(map(_lateness, late)))
    workers = durable.workers_running()
    if not workers:
        return "up to date; no worker is running (start one with `momentum run` or `momentum worker`)"
    return f"up to date; {workers} worker{'s' if workers > 1 else ''} running"


def _lateness(late: "Late") -> str:
    return (
        f"In the queue {late.queue} {late.waiting:,} wait, the first for {late.seconds // 60} minutes. "
        "Start (more) workers, or look into the log of those that run."
    )


def _static_files() -> str:
    from momentum.core import static_files

    if not static_files.are_current():
        return "not collected from this version yet; `momentum web` does that when it starts"
    return "collected"


def _uploads() -> str:
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    name = default_storage.save(f"doctor-{uuid.uuid4().hex}.txt", ContentFile(b"well"))
    try:
        with default_storage.open(name) as stored:
            if stored.read() != b"well":
                raise RefusedError(
                    "A stored file was read back with different content. Check the storage configured in STORAGES."
                )
    finally:
        default_storage.delete(name)
    return type(default_storage._wrapped).__name__  # type: ignore[attr-defined]  # noqa: SLF001 - the lazy object's own


def _mail() -> str:
    from django.core.mail import mailers

    from momentum.mail.models import Email, State
    from momentum.mail.site_settings import MailSettings
    from momentum.site.queries.current import current

    backend = mailers["default"]
    backend.open()
    backend.close()
    waiting, failed = (Email.objects.filter(state=state).count() for state in (State.QUEUED, State.FAILED))
    kept = current(MailSettings).kept_days
    return f"{_mail_account()}; {waiting} waiting, {failed} failed in the last {kept} days"


def _mail_account() -> str:
    """Say by which way mail leaves, and ask its account, where there is one, whether it is well."""
    from email.utils import parseaddr

    from django.conf import settings

    from momentum.mail.site_settings import MailSettings
    from momentum.providers import mail
    from momentum.site.queries.current import current

    account = mail.account()
    if account is None:
        return {"files": "kept on disk, sent to nobody", "smtp": "an SMTP server"}[settings.MAIL]
    if not account.sending or account.status == "SHUTDOWN":
        raise RefusedError(
            f"The account of Amazon SES sends nothing now ({account.status or 'paused'}); mail waits. Look at its "
            "account dashboard."
        )
    if 0 < account.per_day <= account.sent_today:
        raise RefusedError(
            f"The {account.per_day:,.0f} emails that Amazon SES takes in 24 hours are used up; mail waits. Ask for a "
            "higher quota."
        )
    if problem := mail.sender_problem(parseaddr(current(MailSettings).sender)[1]):
        raise RefusedError(f"{problem} Verify it there, or change mail.sender with `momentum settings`.")
    most = f" of {account.per_day:,.0f}" if account.per_day > 0 else ""  # -1 where there is no limit
    found = (
        f"Amazon SES in {settings.SES_REGION}: {account.per_second:g} a second, {account.sent_today:,.0f}{most} in 24 "
        "hours"
    )
    if account.status == "PROBATION":
        found += "; UNDER REVIEW for bounces or complaints"
    if account.sandbox:
        found += "; in the sandbox, so verified addresses alone get mail"
    if not settings.SES_TOPICS:
        found += "; not told of bounces and complaints: set MOMENTUM_SES_TOPICS"
    return found


def _push() -> str:
    """Sign as for a push service of browsers, and ask Amazon after what sends to telephones."""
    from momentum.core.errors import UnavailableError
    from momentum.notifications.actions.push import to_browsers
    from momentum.notifications.models import Device, PushSubscription
    from momentum.providers.push import telephones
    from momentum.providers.push.sns import SnsError

    try:
        browsers = to_browsers().check()
    except UnavailableError as error:
        raise RefusedError(
            "The key pair of Web Push was sealed with another secret key. Put that into MOMENTUM_OLD_SECRET_KEYS. If "
            "it is lost, set MOMENTUM_VAPID_PRIVATE_KEY: people have to turn notifications on again."
        ) from error
    except ValueError as error:
        raise RefusedError(f"{error} Correct MOMENTUM_PUSH_CONTACT, or the sender of mails.") from error
    found = f"{browsers}, {PushSubscription.objects.count():,} browsers"
    try:
        platforms = telephones().check()
    except SnsError as error:
        raise RefusedError(
            f"{found}; Amazon SNS: {error.code}. Check MOMENTUM_SNS_APPLE_ARN and MOMENTUM_SNS_GOOGLE_ARN, and what "
            "the credentials for Amazon may do."
        ) from error
    if not platforms:
        return f"{found}; no telephones (they need MOMENTUM_SNS_APPLE_ARN or MOMENTUM_SNS_GOOGLE_ARN)"
    return f"{found}; {platforms}, {Device.objects.enabled().count():,} telephones"


def _secret_key() -> str:
    """Say where the key is, whether it opens what was sealed, and whether backups have it."""
    from django.conf import settings

    from momentum.accounts.actions.mfa import unreadable

    if people := unreadable():
        raise RefusedError(
            f"It isn't the key that sealed the two-factor codes of {len(people)} people. Put the old one into "
            "MOMENTUM_OLD_SECRET_KEYS. Where it is lost, learners let themselves in by email after their password, and "
            "`momentum recover EMAIL` lets in an administrator."
        )
    place = "MOMENTUM_SECRET_KEY" if environment.secret("MOMENTUM_SECRET_KEY") else str(home() / "secret.key")
    if not environment.secret(PASSPHRASE):
        return f"from {place}; NOT in backups: keep a copy, or set {PASSPHRASE}"
    copies = "no scheduled copies" if settings.BACKUP_HOUR is None else "copied every night"
    return f"from {place}; in backups, sealed by the passphrase; {copies}"


def _signing_in() -> str:
    """Ask every configured issuer what it says of itself; the others can't be asked without a person."""
    from django.conf import settings

    from momentum.providers.identity.configured import issuer_answers

    names = ["password", "passkeys"]
    for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        issuer = app["settings"]["server_url"]
        if (problem := issuer_answers(issuer)) is not None:
            raise RefusedError(f"{app['name']}: {issuer} {problem}. Correct the issuer's address.")
        names.append(app["name"])
    names += [name.capitalize() for name in ("facebook", "apple") if name in settings.SOCIALACCOUNT_PROVIDERS]
    return ", ".join(names)


def _payments() -> str:
    """Ask the provider something small."""
    from django.conf import settings

    from momentum.providers.payments import PaymentError, breaker, get_provider, is_open

    if not is_open():
        return "off: purchases are disabled; set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET to sell"
    if settings.SANDBOX_IN_PRODUCTION:
        return "the sandbox, in production, because MOMENTUM_SANDBOX_IN_PRODUCTION says so: no money is taken"
    stands = breaker.state(get_provider().name)
    try:
        found = get_provider().check()
    except PaymentError as error:
        if error.code == breaker.OPEN:
            raise RefusedError(
                f"{settings.PAYMENTS} didn’t answer {breaker.FAILURES} times in a row, and isn’t asked for "
                f"{breaker.REST} seconds at a time. Look at its status page and at this machine’s way out."
            ) from error
        raise RefusedError(f"{error} Check STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET.") from error
    return found if stands == "closed" else f"{found}; it didn’t answer lately"


def _writer() -> str:
    """Call what writes courses: a model answers one small question, which costs a few tokens."""
    from momentum.providers.writer import EXTRACTIVE
    from momentum.site.queries.current import current
    from momentum.studio.actions.writers import what_is_wrong_with
    from momentum.studio.site_settings import GenerationSettings

    generation = current(GenerationSettings)
    names = list(dict.fromkeys([generation.writer, generation.draft]))
    if generation.cheap_writer and names != [EXTRACTIVE]:
        names.append(generation.cheap_writer)
    for name in names:
        if wrong := what_is_wrong_with(name):
            raise RefusedError(f"{name}: {wrong}")
    if names == [EXTRACTIVE]:
        return "built-in writer (extractive): works from documents alone, no setup needed"
    return f"{' and '.join(names)} answered"


def _scans() -> str:
    """Say whether pictures of pages are read, and how to switch that on; a platform does without."""
    from django.conf import settings

    from momentum.providers.documents.recognition import SCRIPTS, is_installed

    if not settings.OCR:
        return "refused: text recognition is switched off (MOMENTUM_OCR)"
    if not is_installed():
        return (
            "refused: text recognition is not installed; `make ocr`, or pip install 'momentum[ocr]', adds it"
        )
    return f"read by text recognition: {SCRIPTS}"
