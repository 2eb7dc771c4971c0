"""What the panel shows of a kind of mail: what it says, for whom it is previewed, and what became of edited texts."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from momentum.accounts.models import User
from momentum.core.errors import NotFoundError
from momentum.mail.domain.edited_text import EditedText
from momentum.mail.domain.kinds import EmailContent, EmailKind, kind_named
from momentum.mail.domain.text_diff import Difference, differences
from momentum.mail.domain.text_templates import fault_words
from momentum.mail.models import Email, EmailText
from momentum.mail.models.text import EmailTextQuerySet
from momentum.mail.queries.samples import sample_about
from momentum.mail.queries.written import Written, write
from momentum.notifications.domain.kinds import kinds as notification_kinds
from momentum.notifications.domain.references import resolved
from momentum.notifications.models import Notification

_SHORTEST = 3  # characters of a value that is recognised in a sentence


class Place(NamedTuple):
    """Which text a page is about: a kind's, in a language."""

    kind: EmailKind
    language: str

    def address(self, route: str = "mail-kind", *args: object, **query: str) -> str:
        """Return the address of one of its pages."""
        said = ({} if self.language == settings.LANGUAGE_CODE else {"language": self.language}) | query
        path = reverse(f"panel:{route}", args=[self.kind.name, *args])
        return f"{path}?{urlencode(said)}" if said else path

    def versions(self) -> EmailTextQuerySet:
        """Return its versions with who saved them, the newest first."""
        return EmailText.objects.of(self.kind.name, self.language).select_related("author")

    def newest(self) -> EmailText | None:
        """Return the version that is in force, where there is one."""
        return self.versions().first()

    def in_force(self) -> EditedText:
        """Return what administrators have it say."""
        newest = self.newest()
        return EditedText(newest.subject, newest.introduction) if newest else EditedText()


class Change(NamedTuple):
    """What a version changed in one of its fields."""

    label: str
    differences: list[Difference]


class Preview(NamedTuple):
    """A mail as it would be sent. `told`: what its reader was told last and it is about; None where that is made up."""

    written: Written
    told: Notification | None


class Faults(NamedTuple):
    """How often an edited text couldn't be used, when last, and why."""

    number: int
    last_at: datetime | None
    reasons: list[str]


def place_of(kind: str, language: str) -> Place:
    """Return which text that is; without a language, the one that we are written in.

    Raises:
        NotFoundError: where there is no such kind or language.
    """
    language = language or settings.LANGUAGE_CODE
    if language not in dict(settings.LANGUAGES):
        raise NotFoundError
    return Place(kind_named(kind), language)


def previewed(
    kind: EmailKind,
    language: str,
    *,
    reader: User,
    edited: EditedText | None = None,
    person: User | None = None,
) -> Preview:
    """Return a mail as it would be sent.

    Args:
        kind: which mail.
        language: the language it is written in.
        reader: whose time zone it is in, where it isn't for somebody else.
        edited: the text that is tried; the one in force where omitted.
        person: whom it is for, about what they were told last; about something made up where they weren't told of it,
            where that is over, and for nobody.
    """
    zone = ZoneInfo((person or reader).time_zone)
    # A place where one could be: nothing in a preview can be followed.
    unsubscribe_url = settings.BASE_URL if kind.can_be_switched_off else ""
    with translation.override(language), timezone.override(zone):
        told = _last_told(kind, person) if person else None
        if told is not None and (about := resolved(told.about)) is not None:
            with suppress(NotFoundError):
                return Preview(write(kind, about, edited, unsubscribe_url=unsubscribe_url), told)
        made_up = sample_about(kind, person) if person else kind.sample()
        return Preview(write(kind, made_up, edited, unsubscribe_url=unsubscribe_url), None)


def _last_told(kind: EmailKind, person: User) -> Notification | None:
    """Return the last notification for which this person got this mail, or would have, and of which it is still known.

    Of essential ones it isn't: their mails were written when they happened.
    """
    names = [
        notification.name for notification in notification_kinds().values() if notification.email is kind
    ]
    found = Notification.objects.filter(user=person, kind__in=names).exclude(about={})
    return found.order_by("-id").first() if names else None


def sample(kind: EmailKind, language: str) -> EmailContent:
    """Return what we say ourselves, about something made up."""
    with translation.override(language):
        return kind.write(**kind.sample())


def standard_text(content: EmailContent) -> EditedText:
    """Return our own subject and introduction as templates: with variables where the sample has their values."""
    introduction = next(iter(content.paragraphs), "")
    return EditedText(
        _as_template(content.subject, content.values), _as_template(introduction, content.values)
    )


def changes_of(place: Place, version: EmailText) -> list[Change]:
    """Return what a version says other than the one before it; what is empty in one is what we say ourselves."""
    before = place.versions().filter(version=version.version - 1).first()
    ours = standard_text(sample(place.kind, place.language))

    def said(text: EmailText | None, field: str) -> str:
        return (getattr(text, field) if text else "") or getattr(ours, field)

    labels = {"subject": _("Subject"), "introduction": _("Introduction")}
    return [
        Change(label, differences(said(before, field), said(version, field)))
        for field, label in labels.items()
    ]


def faults(kind: EmailKind) -> Faults:
    """Return what went wrong with this kind's edited texts, as far as the log goes back."""
    found = Email.objects.filter(kind=kind.name).exclude(text_fault="")
    rows = list(
        found.values("text_fault").annotate(number=Count("pk"), last=Max("created_at")).order_by("-last")
    )
    return Faults(
        sum(row["number"] for row in rows),
        rows[0]["last"] if rows else None,
        [fault_words(row["text_fault"]) for row in rows],
    )


def kinds_with_faults() -> set[str]:
    """Return the kinds whose edited texts couldn't be used for some mail in the log."""
    return set(Email.objects.exclude(text_fault="").order_by().values_list("kind", flat=True).distinct())


def _as_template(sentence: str, values: Mapping[str, str]) -> str:
    names = {value: name for name, value in reversed(list(values.items())) if len(value) >= _SHORTEST}
    if not names:
        return sentence
    # The longest first: "Lea Learner" is one value, though "Lea" may be another.
    any_value = "|".join(re.escape(value) for value in sorted(names, key=len, reverse=True))

    def variable(found: re.Match[str]) -> str:
        return "{{ " + names[found[0]] + " }}"

    made: str = re.sub(rf"(?<!\w)(?:{any_value})(?!\w)", variable, sentence)
    return made
