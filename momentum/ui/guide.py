"""What the style guide shows: made-up things in the shapes that pages pass to components. Development only."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from momentum.ui.bulk_actions import BulkAction
from momentum.ui.covers import SHELVES
from momentum.ui.list_page import Cell, Column, SortLink
from momentum.ui.listing import PERIODS, DatedFilterForm, choice, words

TOKENS = {
    "paper": ("paper", "paper-lift", "paper-sunk", "rule", "edge", "sun-off"),
    "ink": ("ink", "ink-2", "ink-3", "rule-ink"),
    "accent": ("accent", "accent-deep", "accent-wash", "on-accent"),
    "states": ("good", "care", "fault", "blue", "mark", "focus"),
}
TYPE = ("t6", "t5", "t4", "t3", "t2", "t-read", "t1", "t0", "t-1", "t-2")
TITLES = (
    "First light",
    "The long way round",
    "What to keep",
    "Ten small repairs",
    "A better question",
    "By hand",
)


@dataclass(frozen=True)
class ExampleCategory:
    name: str
    slug: str


@dataclass(frozen=True)
class ExampleCourse:
    """As much of a course as a card needs."""

    title: str
    summary: str
    category: ExampleCategory
    duration_days: int
    slug: str = "example"
    thumbnail: str = ""
    cover_seed: str = ""
    language: str = "en"
    access: str = "free"
    rating: float = 4.6
    rating_count: int = 12

    def get_level_display(self) -> str:
        return str(_("Beginner"))

    def get_access_display(self) -> str:
        return str(_("Free"))


class ExampleForm(forms.Form):
    """One field of each kind; sending it empty shows the errors."""

    title = forms.CharField(label=_("Title"), max_length=80, help_text=_("As shown on the card."))
    summary = forms.CharField(label=_("Summary"), widget=forms.Textarea(attrs={"rows": 3}))
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=60)
    level = forms.ChoiceField(label=_("Level"), choices=[("", _("Choose one")), ("1", _("Beginner"))])
    length = forms.ChoiceField(
        label=_("Length"), widget=forms.RadioSelect, choices=[(7, "7 days"), (14, "14 days"), (21, "21 days")]
    )
    source = forms.FileField(label=_("PDF"), help_text=_("Up to 50 MB."))
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput)
    agreed = forms.BooleanField(label=_("I have the right to use this document"))


def courses() -> list[ExampleCourse]:
    """One course a seeded category."""
    summary = _("One or two sentences about what a reader will understand or be able to do.")
    days = (7, 14, 21, 7, 14, 21)
    return [
        ExampleCourse(title, str(summary), ExampleCategory(slug.replace("-", " ").capitalize(), slug), length)
        for slug, title, length in zip(SHELVES, TITLES, days, strict=True)
    ]


def covers() -> list[tuple[str, list[ExampleCourse]]]:
    """Six covers for each seeded category, and for two that somebody added."""
    return [
        (slug, [ExampleCourse(title, "", ExampleCategory(slug, slug), 7) for title in TITLES])
        for slug in (*SHELVES, "gardening", "public-history")
    ]


def step_rows() -> list[dict[str, Any]]:
    """A job half-way."""
    return [
        {"state": "done", "label": _("Read the source"), "time": "0:41", "detail": _("148 pages")},
        {"state": "now", "label": _("Write lessons"), "time": "5:52", "value": 8, "most": 14},
        {
            "state": "failed",
            "label": _("Check sentences"),
            "time": "0:03",
            "error": _("The model did not answer."),
        },
        {"state": "wait", "label": _("To review")},
    ]


def log_rows() -> list[dict[str, Any]]:
    """Three lines of a job's log."""
    now = timezone.now()
    lines = (
        (_("Lesson 10: drafting"), False),
        (_("Lesson 7 sent back for a second draft"), True),
        (_("Started"), False),
    )
    return [
        {"at": now - timedelta(seconds=index * 14), "text": text, "care": care}
        for index, (text, care) in enumerate(lines)
    ]


def week_days() -> list[dict[str, Any]]:
    """Seven days that end today."""
    today = timezone.localdate()
    days = (("done", 11), ("done", 9), ("done", 12), ("rest", 0), ("done", 10), ("done", 9), ("today", 0))
    return [
        {"date": today - timedelta(days=6 - index), "state": state, "minutes": minutes}
        for index, (state, minutes) in enumerate(days)
    ]


class ExampleBadge(NamedTuple):
    """What the component shows of a badge."""

    type: str
    tier: str
    tier_name: str | Promise
    name: str | Promise
    text: str | Promise
    target: int


def badge_rows() -> list[dict[str, Any]]:
    """An earned badge of each kind and tier, and two on the way."""
    now = timezone.now()
    badges = [
        ("completion", "bronze", _("Bronze"), _("First week"), _("Complete a seven-day course"), 7),
        ("streak", "silver", _("Silver"), _("A whole week"), _("A seven-day streak"), 7),
        (
            "speed",
            "gold",
            _("Gold"),
            _("Clockwork"),
            _("Complete three courses within their planned days"),
            3,
        ),
        (
            "milestone",
            "platinum",
            _("Platinum"),
            _("Two hundred lessons"),
            _("Complete 200 lessons"),
            200,
        ),
    ]
    rows: list[dict[str, Any]] = [
        {
            "badge": ExampleBadge(kind, tier, tier_name, name, text, target),
            "reached": target, "percent": 100, "earned": True, "earned_at": now - timedelta(days=place * 9),
            "new": place == 0,
        }
        for place, (kind, tier, tier_name, name, text, target) in enumerate(badges)
    ]  # fmt: skip
    ahead = [
        row | {"reached": row["reached"] // 3, "percent": 33, "earned": False, "earned_at": None}
        for row in rows[2:]
    ]
    return [*rows, *ahead]


def streaks() -> list[dict[str, Any]]:
    """With a rest day in hand; on the way to one, after one was used; none."""
    today = timezone.localdate()
    none = {
        "current": 0, "since": None, "rest": False, "days_to_rest": 7, "rested_on": None, "done": False,
    }  # fmt: skip
    return [
        none | {"current": 23, "since": today - timedelta(days=23), "rest": True, "days_to_rest": 0, "done": True},
        none | {
            "current": 9, "since": today - timedelta(days=10), "days_to_rest": 5,
            "rested_on": today - timedelta(days=3),
        },
        none,
    ]  # fmt: skip


def pager_rows() -> list[dict[str, Any]]:
    """Seven lessons under review."""
    states = ("ok", "ok", "flag", "", "", "flag", "")
    return [
        {
            "number": number,
            "href": "#studio",
            "label": f"Day {number}",
            "current": number == 3,
            "state": state,
        }
        for number, state in enumerate(states, start=1)
    ]


class ExampleFilterForm(DatedFilterForm):
    """Fields above a list."""

    q = words(_("Name or email"))
    state = choice(_("Status"), ("active", _("Active")), ("suspended", _("Suspended")))


COLUMNS = (
    Column(label=_("Course"), cell=lambda course: Cell(course.title, "#studio"), sort="title", by=("title",)),
    Column(label=_("Status"), cell=lambda course: Cell(_("Published"), tag="good")),
    Column(label=_("Days"), cell=lambda course: str(course.duration_days), numeric=True),
)
BULK_ACTIONS = (
    BulkAction(
        name="archive",
        label=_("Archive selected"),
        act=lambda chosen: None,
        done=ngettext_lazy("%(num)d course archived.", "%(num)d courses archived.", "num"),
        kind="fault",
    ),
)


def context(form: ExampleForm) -> dict[str, Any]:
    """Return what the page needs."""
    return {
        "form": form, "tokens": TOKENS, "sizes": TYPE, "courses": courses(), "covers": covers(),
        "step_rows": step_rows(), "log_rows": log_rows(), "week_days": week_days(), "pager_rows": pager_rows(),
        "badge_rows": badge_rows(), "streaks": streaks(), "periods": PERIODS,
        "filter_form": ExampleFilterForm(QueryDict()), "columns": COLUMNS, "bulk_actions": BULK_ACTIONS,
        "sort_links": {"title": SortLink("sort=-title", "ascending")},
    }  # fmt: skip
