"""What a course said when it was last published: what learners who are in it go on reading while it is worked on."""

import uuid
from typing import Any

from django.db import connection, models

from momentum.catalog.models.course import Course
from momentum.catalog.models.lesson import Lesson
from momentum.catalog.models.prefetching import PARTS, fill_parts, row_of
from momentum.catalog.models.video import Video

# What is said of a course; what it costs, its shelf and its counts are always today's.
_FACE = (
    "title", "summary", "description", "outcomes", "duration_days", "level", "language", "thumbnail", "cover_seed",
    "rhythm", "in_sequence",
)  # fmt: skip
_PARTS = ", ".join(
    f"'{name}', (select coalesce(jsonb_agg(to_jsonb(part)), '[]') from {kind._meta.db_table} part"  # noqa: S608, SLF001
    f" where part.lesson_id = lesson.id{kept})"
    for name, kind, kept in PARTS
)
_KEEP = f"""
    insert into catalog_edition (course_id, changed_at, content)
    select course.id,
           greatest(course.published_at, max(lesson.updated_at)),
           jsonb_build_object('course', to_jsonb(course), 'lessons', coalesce(jsonb_agg(
               to_jsonb(lesson) || jsonb_build_object('video', to_jsonb(video), {_PARTS}) order by lesson.day
           ) filter (where lesson.id is not null), '[]'))
      from catalog_course course
      left join catalog_lesson lesson
             on lesson.course_id = course.id and lesson.status = 'published' and not lesson.removed
      left join catalog_video video on video.lesson_id = lesson.id
     where course.id = %(course)s and course.published_at is not null
     group by course.id
        on conflict (course_id) do nothing
"""  # noqa: S608 - names of our own tables


class EditionManager(models.Manager["Edition"]):
    def keep(self, course: Course) -> None:
        """Keep the course as it stands, before it is taken back or put away.

        The first one stays until it is published again; a course that never was has none.
        """
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, {"course": course.pk})


class Edition(models.Model):
    """The course, its published lessons and all their parts, as JSON; there is one while it isn't published."""

    course = models.OneToOneField(Course, models.CASCADE, primary_key=True, related_name="edition")
    changed_at = models.DateTimeField()
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()

    objects = EditionManager()

    def __str__(self) -> str:
        return f"{self.course_id} as of {self.changed_at}"

    @property
    def lesson_ids(self) -> list[uuid.UUID]:
        return [uuid.UUID(row["id"]) for row in self.content["lessons"]]

    @property
    def source_titles(self) -> list[str]:
        """What its text rests on, each once, by title."""
        return sorted({source["title"] for row in self.content["lessons"] for source in row["sources"]})

    @property
    def files(self) -> set[str]:
        """The stored files that it shows: the cover, videos and captions."""
        names = [self.content["course"]["thumbnail"]]
        for row in self.content["lessons"]:
            if row["video"]:
                video = row["video"]
                names += [video["file"], video["captions"], video.get("poster", "")]
                names += [made["file"] for made in video.get("renditions", ())]
        return {name for name in names if name}

    def lay_over(self, course: Course) -> Course:
        """Let this object of the course say what it said then; it isn't for saving."""
        then = row_of(Course, self.content["course"])
        for name in _FACE:
            if name in self.content["course"]:
                setattr(course, name, getattr(then, name))
        return course

    def lessons(self, course: Course) -> list[Lesson]:
        """Return the lessons in order, without their parts."""
        return [self._lesson(course, row) for row in self.content["lessons"]]

    def lesson(self, course: Course, *, day: int | None = None, pk: uuid.UUID | None = None) -> Lesson | None:
        """Return a lesson with all its parts, by its day or its id; None where it had no such lesson."""
        for row in self.content["lessons"]:
            if row["day"] == day or row["id"] == str(pk):
                made = self._lesson(course, row)
                fill_parts(made, row)
                return made
        return None

    def _lesson(self, course: Course, row: dict[str, Any]) -> Lesson:
        made: Lesson = row_of(Lesson, row)
        made.course = self.lay_over(course)
        video = row_of(Video, row["video"]) if row["video"] else None
        # As Django's own joining leaves it behind.
        made._state.fields_cache["video"] = video  # noqa: SLF001
        return made
