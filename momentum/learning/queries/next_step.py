"""What a visitor does next on the page of a course: the one right button, and what stands beside it."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from momentum.catalog.models import Access
from momentum.learning.permissions import Visitor, is_administrator
from momentum.learning.queries.course import CoursePage, VisitorState
from momentum.learning.queries.syllabus import LessonState, SyllabusRow
from momentum.ui.formats import coming_day, money
from momentum.ui.languages import isolated
from momentum.ui.reverse import url

_MAIN, _SECOND, _PLAIN = "main large", "quiet large", "large"
_FOR_SALE = {VisitorState.CAN_BUY, VisitorState.CAN_GO_PREMIUM, VisitorState.LAPSED}
_MAY_PREVIEW = {
    VisitorState.ANONYMOUS, VisitorState.CAN_ENROL, VisitorState.CAN_BUY, VisitorState.CAN_GO_PREMIUM,
    VisitorState.WAITING, VisitorState.NOT_AVAILABLE,
}  # fmt: skip
# What is said whatever the course costs.
_NOTES = {
    VisitorState.FINISHED: "",
    VisitorState.ADMIN_PREVIEW: "",
    VisitorState.LAPSED: gettext_lazy(
        "You took this course with premium, which has ended. Your progress is saved."
    ),
    VisitorState.CAN_RETURN: gettext_lazy("Your progress is saved."),
}


@dataclass(frozen=True)
class Step:
    """A button.

    Args:
        label: what it says.
        href: where it leads.
        look: kinds of components/button.html.
        enrolment: the state of the enrolment that it sends there; a link where empty.
    """

    label: str
    href: str
    look: str = _MAIN
    enrolment: str = ""


@dataclass(frozen=True)
class NextStep:
    """What stands below a course's title.

    `lead` and `detail` stand above the buttons, `note` with its link below them; `suggests` says whether another course
    may be suggested, `again` leads to the lessons once they are done.
    """

    steps: list[Step]
    lead: str = ""
    detail: str = ""
    note: str = ""
    note_link: Step | None = None
    suggests: bool = False
    again: Step | None = None


def next_step(page: CoursePage, *, user: Visitor) -> NextStep:
    """Say what this visitor does next, without a query."""
    steps = [one for one in (*_offers(page), _leave(page), _preview(page), _edit(page, user)) if one]
    finished = page.state == VisitorState.FINISHED and bool(page.syllabus)
    again = _lesson(page, page.syllabus[0], _("Review lessons"), "") if finished else None
    lead, detail = _lead(page)
    here = quote(url("learning:course", page.course.slug))
    asks = page.state == VisitorState.ANONYMOUS and page.course.access == Access.FREE
    sign_in = Step(_("Sign in"), f"{url('account_login')}?next={here}") if asks else None
    return NextStep(steps, lead, detail, _note(page), sign_in, suggests=finished, again=again)


def _lead(page: CoursePage) -> tuple[str, str]:
    if page.state == VisitorState.WAITING:
        return _("Waiting for your bank"), ""
    if page.state == VisitorState.ENROLLED and (upcoming := page.upcoming) and upcoming.opens_on:
        opens = {"day": upcoming.day, "when": coming_day(upcoming.opens_on)}
        return _("Day %(day)d opens %(when)s.") % opens, _what(page, upcoming)
    return "", ""


def _offers(page: CoursePage) -> list[Step]:
    """Return the one right button; who has finished may have two."""
    if page.state == VisitorState.ENROLLED:
        return _goes_on(page)
    if page.state == VisitorState.FINISHED:
        return _looks_back(page) if page.syllabus else []
    step = _begins(page)
    return [step] if step else []


def _begins(page: CoursePage) -> Step | None:
    """Return the one right button for who isn't in the course."""
    course, state = page.course, page.state
    if state in {VisitorState.CAN_ENROL, VisitorState.CAN_RETURN}:
        label = _("Rejoin course") if state == VisitorState.CAN_RETURN else _("Start course")
        return Step(label, url("learning:enrolment", course.slug), enrolment="enrolled")
    if state == VisitorState.WAITING and page.awaited:
        return Step(_("See your order"), url("payments:order", page.awaited.order), _PLAIN)
    if _sells(page):
        return _sale(page)
    if state == VisitorState.ANONYMOUS and course.access == Access.FREE:
        here = quote(url("learning:course", course.slug))
        return Step(_("Start free"), f"{url('account_signup')}?next={here}")
    if state == VisitorState.ADMIN_PREVIEW:
        return Step(_("Edit this course"), url("panel:catalog:course", course.id))
    return None


def _goes_on(page: CoursePage) -> list[Step]:
    if following := page.next:
        label = _("Continue with day %(day)d") if page.done else _("Start with day %(day)d")
        return [_lesson(page, following, label % {"day": following.day})]
    done = [row for row in page.syllabus if row.state == LessonState.DONE]
    if page.upcoming and done:
        label = _("Review day %(day)d") % {"day": done[-1].day}
        return [_lesson(page, done[-1], label, _PLAIN)]
    return []


def _looks_back(page: CoursePage) -> list[Step]:
    steps = []
    if page.certificate:
        steps.append(Step(_("Your certificate"), url("learning:certificate", page.certificate.number)))
    if page.may_review and not page.own_review:
        look = _SECOND if page.certificate else _MAIN
        steps.append(Step(_("Write a review"), url("learning:review", page.course.slug), look))
    return steps


def _sells(page: CoursePage) -> bool:
    costs = page.course.access != Access.FREE
    return page.state in _FOR_SALE or (page.state == VisitorState.ANONYMOUS and costs and page.on_sale)


def _sale(page: CoursePage) -> Step:
    course, lapsed = page.course, page.state == VisitorState.LAPSED
    if course.access == Access.PAID and not lapsed:
        price = money(course.price_minor or 0, course.currency)
        return Step(_("Buy for %(price)s") % {"price": price}, url("payments:order-new", course.slug))
    label = _("Renew premium") if lapsed else _("Get premium")
    return Step(label, f"{url('payments:premium')}?course={course.slug}")


def _leave(page: CoursePage) -> Step | None:
    if page.state == VisitorState.ENROLLED and (page.next or page.upcoming):
        return Step(_("Leave course"), url("learning:enrolment", page.course.slug), "bare", "left")
    return None


def _preview(page: CoursePage) -> Step | None:
    shown = next((row for row in page.syllabus if row.preview), None)
    if shown is None or page.state not in _MAY_PREVIEW:
        return None
    free = page.state == VisitorState.ANONYMOUS and page.course.access == Access.FREE
    if _sells(page) or free or page.state == VisitorState.CAN_ENROL:
        return _lesson(page, shown, _("Read day %(day)d first") % {"day": shown.day}, _SECOND)
    return _lesson(page, shown, _("Read day %(day)d free") % {"day": shown.day})


def _edit(page: CoursePage, user: Visitor) -> Step | None:
    if is_administrator(user) and page.state != VisitorState.ADMIN_PREVIEW:
        return Step(_("Edit this course"), url("panel:catalog:course", page.course.id), _SECOND)
    return None


def _note(page: CoursePage) -> str:
    state = page.state
    if state == VisitorState.ENROLLED:
        return _what(page, page.next) if page.next else ""
    if state == VisitorState.WAITING:
        return _waiting(page)
    return str(_NOTES[state]) if state in _NOTES else _price(page)


def _waiting(page: CoursePage) -> str:
    if page.course.access == Access.PAID:
        return _("Your payment is on its way. The course opens when it arrives, and we’ll email you.")
    return _(
        "Your payment for premium is on its way. It starts when the payment arrives, and we’ll email you."
    )


def _price(page: CoursePage) -> str:
    access, can_enrol = page.course.access, page.state == VisitorState.CAN_ENROL
    if can_enrol and access == Access.PREMIUM:
        return _("Included in premium.")
    if access != Access.FREE and not page.on_sale:
        return _("Not available for purchase right now.")
    if access == Access.PREMIUM:
        return _("Included in premium: access to all premium courses while you’re subscribed.")
    if access == Access.PAID:
        return _("One-time payment, lifetime access. Full refund within 14 days.")
    if page.state == VisitorState.ANONYMOUS:
        return _("Free. Already have an account?")
    return _("Free. You can leave at any time.") if can_enrol else ""


def _lesson(page: CoursePage, row: SyllabusRow, label: str, look: str = _MAIN) -> Step:
    return Step(label, url("learning:lesson", page.course.slug, row.day), look)


def _what(page: CoursePage, row: SyllabusRow) -> str:
    """Return a lesson's title and how long it takes, safe to stand on a page."""
    length = ngettext("%(num)d minute", "%(num)d minutes", row.minutes) % {"num": row.minutes}
    return isolated(row.title, page.course.language) + f", {length}."
