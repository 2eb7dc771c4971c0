"""Courses of every kind, each field of their lessons holding a word of its own that stands nowhere else.

Who is found to be shown such a word has read that field. Beside each, in what can be searched for, stands a
`beacon`, by which to look for the lesson without saying the word.
"""

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Value
from django.db.models.functions import Concat

from momentum.catalog.models import Category, Course, Edition, Lesson, Source, Video
from tests.factories import make_category, make_course, make_question
from tests.payments.till import make_paid_course

# In letters alone, and far from each other: such words are also offered by "did you mean", where they are open.
WORD = re.compile(r"zq[a-p]{12}qz")
ACCESS = ("free", "premium", "paid")
# The last two are published all the same.
STATES = ("published", "archived", "draft", "off the shelf")
PACED = ("one a day", "in sequence")
# Of each course: anybody may read the first, the third was taken back.
PREVIEW, LOCKED, WITHDRAWN = 1, 2, 3


def word_for(*place: object) -> str:
    digest = hashlib.sha256(repr(place).encode()).hexdigest()[:12]
    return "zq" + digest.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop")) + "qz"


@dataclass(frozen=True)
class Canary:
    """Where a word stands: `face` is what the page of a course says of its lessons."""

    course: tuple[str, str]
    day: int
    name: str

    @property
    def is_face(self) -> bool:
        return self.name in {"title", "summary", "source"}


@dataclass
class Aviary:
    """All that was planted."""

    courses: dict[tuple[str, str], Course] = field(default_factory=dict)
    canaries: dict[str, Canary] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    hidden_shelf: Category | None = None

    @property
    def lessons(self) -> list[Lesson]:
        courses = [course.pk for course in self.courses.values()]
        return list(Lesson.objects.filter(course__in=courses).select_related("course__category"))

    def plant(self, course: tuple[str, str], day: int, name: str) -> str:
        """Return a new word, and remember where it will stand."""
        word = word_for(course, day, name)
        self.canaries[word] = Canary(course, day, name)
        return word

    def store(self) -> None:
        """Put the files into this test's storage."""
        for name, data in self.files.items():
            default_storage.save(name, ContentFile(data))

    def close(self) -> None:
        """Bring every course into its state, once those who have a place in it have one."""
        for (access, state), course in self.courses.items():
            course.refresh_from_db()
            Lesson.objects.filter(course=course, day=WITHDRAWN).update(status="draft")
            if state in {"archived", "draft"}:
                Edition.objects.keep(course)
            if state == "archived":
                course.archive()
            elif state == "draft":
                course.withdraw()
                self._revise(course, (access, state))
            elif state == "off the shelf":
                Course.objects.filter(pk=course.pk).update(category=self.hidden_shelf)
        assert self.hidden_shelf is not None
        self.hidden_shelf.active = False
        self.hidden_shelf.save()

    def _revise(self, course: Course, key: tuple[str, str]) -> None:
        """Work on a course that was taken back: who is in it reads on what it was."""
        for lesson in course.lessons.filter(day__in=[PREVIEW, LOCKED]):
            word = self.plant(key, lesson.day, "revision")
            lesson.title += f" and {word}"
            lesson.content += f"<p>Now on {word}.</p>"
            lesson.save()
            lesson.action_items.update(text=Concat("text", Value(f" and {word}")))
            lesson.questions.update(prompt=Concat("prompt", Value(f" and {word}")))
        course.title += f" and {self.plant(key, 0, 'revision')}"
        course.description += f"<p>Now on {self.plant(key, 0, 'revision')}.</p>"
        course.save()


def beacon_for(lesson: Lesson) -> str:
    return word_for("beacon", lesson.pk).replace("zq", "by").replace("qz", "light")


def fill_aviary() -> Aviary:
    """Make the courses, all of them published so that places in them can be taken."""
    aviary, shelf = Aviary(hidden_shelf=make_category()), make_category()
    for access in ACCESS:
        for state in STATES:
            make = make_paid_course if access == "paid" else make_course
            kind: dict[str, Any] = {} if access == "paid" else {"access": access}
            aviary.courses[access, state] = make(category=shelf, **kind)
    aviary.courses["free", "one a day"] = make_course(category=shelf, rhythm="one_a_day")
    aviary.courses["free", "in sequence"] = make_course(category=shelf, in_sequence=True)
    for key, course in aviary.courses.items():
        course.description = f"<p>On {aviary.plant(key, 0, 'description')}.</p>"
        course.open_sources = [f"On {word_for(key, day, 'source')}" for day in (PREVIEW, LOCKED, WITHDRAWN)]
        course.outcomes = [f"Know {aviary.plant(key, 0, 'outcome')}"]
        course.save()
        for lesson in course.lessons.all():
            _fill(aviary, key, lesson)
    return aviary


def _fill(aviary: Aviary, key: tuple[str, str], lesson: Lesson) -> None:
    def word(name: str) -> str:
        return aviary.plant(key, lesson.day, name)

    beacon = beacon_for(lesson)
    lesson.title, lesson.summary = f"Day of {word('title')}", f"About {word('summary')}."
    lesson.content = f"<p>{beacon} shines on {word('content')} at night.</p>"
    lesson.key_points = [f"{beacon} and {word('key point')}"]
    lesson.preview = lesson.day == PREVIEW
    lesson.save()
    item = lesson.action_items.order_by("position")[0]
    item.text, item.note = f"Do {word('action')}", f"Or {word('note')}"
    item.save()
    lesson.resources.create(title=f"Read {word('resource')}", url=f"https://example.com/{word('address')}")
    Source.objects.create(
        lesson=lesson, number=1, title=f"On {word('source')}", quote=f"Says {word('quote')}."
    )
    make_question(
        lesson,
        kind="single",
        prompt=f"What of {word('prompt')}?",
        choices=[f"This {word('choice')}", "That"],
        answer=[0],
        explanation=f"For {word('explanation')}.",
    )
    make_question(lesson, position=1, answer=[word("answer")])
    film, captions = f"videos/{word('film name')}.webm", f"videos/{word('captions name')}.vtt"
    aviary.files[film] = word("film").encode()
    aviary.files[captions] = f"WEBVTT\n\n00:00.000 --> 00:01.000\n{word('captions')}\n".encode()
    Video.objects.create(lesson=lesson, file=film, captions=captions, media_type="video/webm")
