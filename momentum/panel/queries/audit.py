"""Reading the audit log: which entries are asked for, and what each of them is about."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import override

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from momentum.accounts.models import User
from momentum.catalog.models import Course, Lesson
from momentum.events.models import AuditEntry
from momentum.events.queries.declared import audited
from momentum.providers.writer import EXTRACTIVE
from momentum.ui.formats import money
from momentum.ui.listing import DatedFilterForm, choice, words

# More of one name than anybody looks through; the words given are too few then.
_AT_MOST = 500

# What has a page of its own: its title, that page, and what of the entry names it better than its id.
_PAGES = {
    "conversation": (gettext_lazy("Conversation"), "panel:support:conversation", ""),
    "payment": (gettext_lazy("Payment"), "panel:payments:payment", ""),
    "refund": (gettext_lazy("Payment"), "panel:payments:payment", "payment"),
    "order": (gettext_lazy("Order"), "panel:payments:order", ""),
    "subscription": (gettext_lazy("Subscription"), "panel:payments:subscription", ""),
    "coupon": (gettext_lazy("Coupon"), "panel:payments:coupon", "code"),
    "webhook": (gettext_lazy("Event"), "panel:payments:webhook-event", "type"),
    "reconciliation": (gettext_lazy("Reconciliation"), "panel:payments:reconciliation", ""),
}


class TrailForm(DatedFilterForm):
    """Entries of the audit log."""

    q = words(gettext_lazy("Person, course or lesson"))
    name = choice(gettext_lazy("Action"))

    @override
    def offer(self) -> None:
        by_words = sorted(((name, str(label)) for name, label in audited().items()), key=lambda one: one[1])
        self.fields["name"].choices = [("", _("All")), *by_words]  # type: ignore[attr-defined]

    @override
    def rows(self) -> "QuerySet[AuditEntry]":
        """Return all entries, the latest first."""
        return AuditEntry.objects.all()

    @override
    def find(self) -> "QuerySet[AuditEntry]":
        """Return the entries that are asked for."""
        found = self.rows()
        asked = self.cleaned_data
        if text := asked.get("q", ""):
            ids = _ids_of(text)
            found = found.filter(Q(actor_id__in=ids) | Q(subject_id__in=ids))
        if name := asked.get("name"):
            found = found.filter(name=name)
        return self.within(found, "at")


@dataclass(frozen=True)
class AuditRow:
    """An entry as people read it."""

    entry: AuditEntry
    what: str
    who: str
    about: str
    href: str

    @property
    def details(self) -> str:
        """What else the entry says, on one line; ids say nothing to people."""
        data = dict(self.entry.data)
        if isinstance(data.get("amount"), int) and data.get("currency"):
            data["amount"] = money(data["amount"], data.pop("currency"))
        if data.get("writer") == EXTRACTIVE:
            data["writer"] = _("Built-in writer")
        said = sorted((name, _plain(value)) for name, value in data.items())
        return ", ".join(f"{name}: {value}" for name, value in said if _as_id(value) is None)


def lines(entries: Iterable[AuditEntry]) -> list[AuditRow]:
    """Return entries with the names of everything they are about, in three queries however many there are."""
    entries = list(entries)
    ids = {one for entry in entries for one in (entry.actor_id, entry.subject_id, _course_of(entry)) if one}
    people = {user.id: user for user in User.objects.filter(pk__in=ids)}
    courses = dict(Course.objects.filter(pk__in=ids).values_list("pk", "title"))
    lessons = dict(Lesson.objects.filter(pk__in=ids).values_list("pk", "title"))
    labels = audited()
    found = []
    for entry in entries:
        about, href = _about(entry, people, courses, lessons)
        who = _who(entry.actor_id, people)
        found.append(AuditRow(entry, str(labels.get(entry.name, entry.name)), who, about, href))
    return found


def _about(
    entry: AuditEntry,
    people: dict[uuid.UUID, User],
    courses: dict[uuid.UUID, str],
    lessons: dict[uuid.UUID, str],
) -> tuple[str, str]:
    subject = entry.subject_id
    if subject is None:
        return "", ""
    if subject in people:
        return people[subject].email, reverse("panel:user", args=[subject])
    if subject in courses:
        return courses[subject], reverse("panel:catalog:course", args=[subject])
    if subject in lessons:
        return lessons[subject], reverse("panel:catalog:lesson", args=[subject])
    if (course := _course_of(entry)) in courses:
        return courses[course], reverse("panel:catalog:course", args=[course])
    return _place(entry, subject) or (str(entry.data.get("title") or subject), "")


def _place(entry: AuditEntry, subject: uuid.UUID) -> tuple[str, str] | None:
    """Return what else an entry is about, and its page; None for all others."""
    place = _PAGES.get(entry.name.partition(".")[0])
    if place is None:
        return None
    title, route, said = place
    named = str(entry.data.get(said) or "")
    whose = _as_id(named)
    return (str(title) if whose or not named else named), reverse(route, args=[whose or subject])


def _course_of(entry: AuditEntry) -> uuid.UUID | None:
    """Return the course that a review, a certificate or a deleted lesson belongs to."""
    return _as_id(str(entry.data.get("course", "")))


def _who(actor_id: uuid.UUID | None, people: dict[uuid.UUID, User]) -> str:
    if actor_id is None:
        return _("System")
    return people[actor_id].email if actor_id in people else _("Deleted account")


def _ids_of(text: str) -> set[uuid.UUID]:
    ids = set(
        User.objects.filter(Q(email__icontains=text) | Q(name__icontains=text)).values_list("pk", flat=True)[
            :_AT_MOST
        ]
    )
    ids.update(Course.objects.filter(title__icontains=text).values_list("pk", flat=True)[:_AT_MOST])
    ids.update(Lesson.objects.filter(title__icontains=text).values_list("pk", flat=True)[:_AT_MOST])
    if found := _as_id(text):
        ids.add(found)
    return ids


def _as_id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
