"""The list of courses in the panel."""

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from momentum.catalog import actions
from momentum.catalog.models import Course, CourseStatus
from momentum.ui.bulk_actions import BulkAction
from momentum.ui.formats import day, number
from momentum.ui.languages import isolated
from momentum.ui.list_page import Cell, Column, Link, ListPage, Nothing
from momentum.ui.listing import FilterForm, choice, words


class CoursesForm(FilterForm):
    """Courses."""

    q = words(_("Search"))
    status = choice(_("Status"), *CourseStatus.choices)

    def rows(self) -> "QuerySet[Course]":
        """Return all courses with `lesson_count`, the latest first."""
        lessons = Count("lessons", filter=Q(lessons__removed=False))
        return Course.objects.with_category().annotate(lesson_count=lessons).order_by("-created_at", "-pk")

    def find(self) -> "QuerySet[Course]":
        """Return the courses that are asked for."""
        found = self.rows()
        if text := self.cleaned_data.get("q"):
            found = found.filter(Q(title__icontains=text) | Q(summary__icontains=text))
        if status := self.cleaned_data.get("status"):
            found = found.filter(status=status)
        return found


def _title(course: Course) -> Cell:
    address = reverse("panel:catalog:course", args=[course.id])
    return Cell(isolated(course.title, course.language), address, note=course.category.name)


COURSES = ListPage(
    title=_("Courses"),
    route="panel:catalog:courses",
    form=CoursesForm,
    template="catalog/panel/courses.html",
    links=(
        Link(_("Blank course"), "panel:catalog:course-new"),
        Link(_("Generate from documents"), "studio:start", main=True),
    ),
    columns=(
        Column(label=_("Course"), cell=_title, sort="title", by=("title",)),
        Column(
            label=_("Status"),
            cell=lambda course: Cell(course.get_status_display(), tag="good" if course.is_published else ""),
        ),
        Column(
            label=_("Lessons"),
            cell=lambda course: f"{course.lesson_count}/{course.duration_days}",
            numeric=True,
        ),
        Column(
            label=_("Learners"),
            cell=lambda course: number(course.enrolment_count),
            sort="learners",
            by=("enrolment_count",),
            newest_first=True,
            numeric=True,
        ),
        Column(
            label=_("Last updated"),
            cell=lambda course: Cell(day(course.updated_at), at=course.updated_at),
            sort="updated",
            by=("updated_at",),
            newest_first=True,
        ),
    ),
    actions=(
        BulkAction(
            name="publish",
            label=_("Publish selected"),
            act=lambda chosen: actions.publish_course(actor=chosen.actor, course=chosen.row),
            done=ngettext_lazy("%(num)d course published.", "%(num)d courses published.", "num"),
        ),
        BulkAction(
            name="withdraw",
            label=_("Revert selected to draft"),
            act=lambda chosen: actions.withdraw_course(actor=chosen.actor, course=chosen.row),
            done=ngettext_lazy(
                "%(num)d course reverted to draft.", "%(num)d courses reverted to draft.", "num"
            ),
        ),
        BulkAction(
            name="archive",
            label=_("Archive selected"),
            act=lambda chosen: actions.archive_course(actor=chosen.actor, course=chosen.row),
            question=ngettext_lazy(
                "Archive %(num)d course? Enrolled learners can still finish it.",
                "Archive %(num)d courses? Enrolled learners can still finish them.",
                "num",
            ),
            done=ngettext_lazy("%(num)d course archived.", "%(num)d courses archived.", "num"),
            kind="fault",
        ),
    ),
    count=ngettext_lazy("%(num)d course", "%(num)d courses", "num"),
    nothing=Nothing(
        _("No courses yet"), _("Generate a draft from a document, or start with a blank course.")
    ),
    no_match=Nothing(_("No matching courses"), _("Remove a filter or try different words.")),
)
