"""The documents that a course cites, and which of them learners may see."""

from momentum.catalog.models import Course, Source


def source_titles(course: Course) -> list[str]:
    """Return the titles of the documents that its lessons cite, as they are now or as learners are shown them."""
    kept = course.kept
    return sorted({*_present_titles(course), *(kept.source_titles if kept else ())})


def sources_of(course: Course) -> list[tuple[str, bool]]:
    """Return those that are cited now or may be seen, each with whether learners may see its cited pages: one query."""
    titles = sorted({*_present_titles(course), *course.open_sources})
    return [(title, title in course.open_sources) for title in titles]


def _present_titles(course: Course) -> set[str]:
    cited = Source.objects.filter(lesson__course=course, lesson__removed=False)
    return set(cited.order_by().values_list("title", flat=True).distinct())


def is_open(course: Course, title: str) -> bool:
    """Ask the database whether learners may see the cited pages of this document now."""
    return Course.objects.filter(pk=course.pk, open_sources__contains=[title]).exists()
