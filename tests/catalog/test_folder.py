"""A course as files: nothing is lost on the way out and back, and what is wrong is named."""

import random
from pathlib import Path
from typing import Any

import pytest

from momentum.catalog.domain import markdown_format, packaging
from momentum.catalog.domain.rich_text import clean
from momentum.catalog.schemas import (
    ActionItemEntry,
    CourseFile,
    LessonFile,
    Price,
    QuestionEntry,
    ResourceEntry,
    SourceEntry,
)
from momentum.core.errors import InvalidError
from tests.catalog.test_rich_text import NASTY
from tests.catalog.zips import zipped
from tests.seeds import seeds

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
LINES = [
    "plain",
    "--- x",
    "---",
    "key: value",
    "- item",
    "[1, 2]",
    "{a: b}",
    "*alias",
    "&anchor",
    "!tag",
    "no",
    "null",
    "2026-11-22",
    "1e3",
    "0x10",
    "~",
    '"quoted"',
    "it's",
    "# comment",
    "a # b",
    "a: b: c",
    "tab\tinside",
    "back\\slash",
    "ünïcödé 漢字 🧭",
    "\u2028 line separator",
    "\x85 next line",
    "\ufeff mark",
    "\u200b zero",
    "\x1b escape",
    "%percent",
    "@at",
    "`tick`",
    "| pipe",
    "> quote",
    "trailing: ",
    "x" * 120,
    "word " * 24,
]


def _lesson(chance: random.Random, number: int) -> LessonFile:
    def line() -> str:
        return chance.choice(LINES)

    return LessonFile(
        title=line()[:150],
        slug=f"lesson-{number}",
        summary=line(),
        minutes=chance.randint(1, 240),
        preview=chance.random() < 0.5,
        status=chance.choice(["draft", "published"]),
        key_points=[line() for _ in range(chance.randint(0, 3))],
        action_items=[
            ActionItemEntry(text=line(), note=chance.choice(["", line()]))
            for _ in range(chance.randint(0, 3))
        ],
        resources=[ResourceEntry(title=line(), url=chance.choice(["", "https://example.com/a?b=c#d"]))],
        questions=[
            QuestionEntry(kind="order", prompt=line(), choices=["a", line() + " b", "c"], answer=[2, 0, 1]),
            QuestionEntry(kind="short", prompt=line(), answer=["13", line()], explanation=line(), page=7),
        ],
        sources=[
            SourceEntry(
                number=1, title=line(), page=chance.choice([None, 12]), quote=f"{line()}\n\n  {line()}"
            )
        ],
        content=clean("".join(chance.choices(NASTY, k=3))),
    )


def _course(seed: int) -> CourseFile:
    chance = random.Random(seed)
    return CourseFile(
        title=chance.choice(LINES)[:150],
        slug=f"course-{seed}",
        summary=chance.choice(LINES),
        category="communication",
        duration_days=7,
        level="advanced",
        language="pt-BR",
        access="paid",
        price=Price(amount=1900, currency="EUR"),
        outcomes=chance.choices(LINES, k=3),
        rhythm="one_a_day",
        in_sequence=True,
        featured=True,
        lessons_by_mail=True,
        status="archived",
        provenance="ai",
        description=clean(chance.choice(NASTY)),
        lessons=[_lesson(chance, number) for number in range(7)],
    )


@pytest.mark.parametrize("seed", seeds(6, 30))
def test_what_goes_out_comes_back_the_same(seed: int) -> None:
    course = _course(seed)

    files = markdown_format.to_files(course)

    assert markdown_format.from_files(files) == (course, {})
    assert markdown_format.to_files(markdown_format.from_files(files)[0]) == files


def test_a_course_survives_a_zip_and_a_directory_with_its_cover(tmp_path: Path) -> None:
    course = _course(1).model_copy(update={"cover": "cover.png"})
    files = markdown_format.to_files(course, {"cover.png": PNG})
    packed = tmp_path / "course.zip"
    packed.write_bytes(zipped(files).getvalue())
    packaging.to_directory(files, tmp_path / "course")

    assert markdown_format.from_files(packaging.read(packed)) == (course, {"cover.png": PNG})
    assert markdown_format.from_files(packaging.read(tmp_path / "course")) == (course, {"cover.png": PNG})
    assert zipped(files).getvalue() == packed.read_bytes()


def test_a_file_reads_as_a_person_would_write_it() -> None:
    course = CourseFile(
        title="Tides",
        category="creative-skills",
        duration_days=1,
        description="<p>Twice a <em>day</em>.</p>",
        lessons=[
            LessonFile(title="Springs", action_items=[ActionItemEntry(text="Look up")], content="<p>Hm.</p>")
        ],
    )

    files: Any = markdown_format.to_files(course)

    assert files["course.md"].decode() == (
        "---\ntitle: Tides\ncategory: creative-skills\nduration_days: 1\n---\n\nTwice a *day*.\n"
    )
    assert files["lessons/01-springs.md"].decode() == (
        "---\nday: 1\ntitle: Springs\naction_items:\n- Look up\n---\n\nHm.\n"
    )


@pytest.mark.parametrize(("ending", "encoding"), [("\r\n", "utf-8-sig"), ("\r", "utf-8"), ("\r\n", "utf-16")])
def test_line_endings_and_marks_of_other_systems_make_no_difference(ending: str, encoding: str) -> None:
    files: Any = markdown_format.to_files(_course(2))
    theirs = {name: data.decode().replace("\n", ending).encode(encoding) for name, data in files.items()}

    assert markdown_format.from_files(theirs) == markdown_format.from_files(files)


def _front(line: bytes) -> bytes:
    """The course with one more line in its front matter."""
    return COURSE.replace(b"s: 2", b"s: 2\n" + line)


def _more(line: bytes) -> bytes:
    """The lesson with one more line in its front matter."""
    return LESSON.replace(b"One", b"One\n" + line)


COURSE = b"---\ntitle: Tides\ncategory: communication\nduration_days: 2\n---\nText.\n"
LESSON = b"---\nday: 1\ntitle: One\n---\nText.\n"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"course.md": None}, "The file course.md is missing."),
        ({"course.md": b"title: Tides\n"}, "course.md: it must begin with front matter between two lines of ---."),
        ({"course.md": b"---\ntitle: [\n---\n"}, "course.md: line 3"),
        ({"course.md": b"---\n- a\n---\n"}, "course.md: its front matter must be a list of names and values."),
        ({"course.md": COURSE.replace(b"Text", b"Caf\xe9")}, "course.md: it isn’t text in UTF-8; save it"),
        ({"course.md": COURSE.replace(b"title", b"titel")}, "course.md: title: Field required."),
        ({"course.md": COURSE.replace(b"---\nText", b"colour: red\n---\nText")}, "course.md: colour: "),
        ({"course.md": COURSE.replace(b"Tides", b"2026-11-22")}, "course.md: title: Input should be a valid string."),
        ({"course.md": COURSE.replace(b"s: 2", b's: "2"')}, "course.md: duration_days: "),
        ({"course.md": COURSE.replace(b"s: 2", b"s: 61")}, "course.md: duration_days: "),
        ({"course.md": _front(b"access: paid")}, "course.md: a paid course has a price"),
        ({"course.md": _front(b"level: expert")}, "course.md: level: "),
        ({"course.md": _front(b"title: Again")}, "course.md: line 5: title stands here twice."),
        ({"course.md": _front(b"lessons: []")}, "course.md: lessons is not allowed here."),
        ({"course.md": _front(b"cover: ../x.png")}, "course.md: cover: "),
        ({"course.md": _front(b"cover: cover.png")}, "course.md: its cover cover.png is missing."),
        ({"course.md": _front(b"outcomes: &a [*a]")}, "course.md: line 5: references"),
        ({"course.md": COURSE.replace(b"Tides", b"!!python/object:os.system x")}, "course.md: line 2: "),
        ({"course.md": b"---\ntitle: " + b"[" * 5000 + b"\n---\n"}, "course.md: "),
        ({"cover.png": PNG}, "cover.png: course.md doesn’t name it as the cover."),
        ({"notes.txt": b"x"}, "notes.txt: a course has no such file."),
        ({"lessons/01-one.md": LESSON.replace(b"1", b"0")}, "lessons/01-one.md: day must be a number from 1."),
        ({"lessons/01-one.md": LESSON.replace(b"1", b"one")}, "lessons/01-one.md: day must be a number from 1."),
        ({"lessons/01-one.md": LESSON.replace(b"1", b"true")}, "lessons/01-one.md: day must be a number from 1."),
        ({"lessons/02-two.md": LESSON}, "lessons/02-two.md: there are two lessons for day 1."),
        ({"lessons/03-three.md": LESSON.replace(b"1", b"3")}, "lessons: day 2 is missing"),
        (
            {"lessons/01-one.md": _more(b"action_items: [{text: x, done: true}]")},
            "lessons/01-one.md: action_items.1.done: ",
        ),
        (
            {"lessons/01-one.md": _more(b"resources: [{title: x, url: 'javascript:x'}]")},
            "lessons/01-one.md: resources.1.url: ",
        ),
        (
            {"lessons/01-one.md": _more(b"questions: [{prompt: x, choices: [a, b], answer: [2]}]")},
            "lessons/01-one.md: questions.1: answer must hold positions in choices, counted from 0.",
        ),
        (
            {"lessons/01-one.md": _more(b"sources: [{number: 1, title: a}, {number: 1, title: b}]")},
            "lessons/01-one.md: two sources have the same number.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_file_and_field(changes: dict[str, Any], sentence: str) -> None:
    files = {"course.md": COURSE, "lessons/01-one.md": LESSON} | changes
    given = {name: data for name, data in files.items() if data is not None}

    with pytest.raises(InvalidError) as refused:
        markdown_format.from_files(given)

    assert str(refused.value).startswith(sentence)


def test_a_picture_that_is_something_else_is_refused() -> None:
    files = {
        "course.md": _front(b"cover: cover.png"),
        "cover.png": b"<svg onload='x'>",
    }

    with pytest.raises(InvalidError, match="don’t match its file type"):
        markdown_format.from_files(files)


def test_text_in_a_file_is_made_safe() -> None:
    files = {"course.md": COURSE + b"<script>alert(1)</script><p onclick='x'>Hm</p>\n"}

    assert markdown_format.from_files(files)[0].description == "<p>Text.</p><p>Hm</p>"


@pytest.mark.parametrize(
    "text", ["**a** " * 16_000, "[" * 99_000, "a\n\n" * 33_000, "- a\n" * 6_000, "<http://a>" * 5_000]
)
def test_many_dense_lessons_are_refused_before_any_is_converted(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    converted: list[str] = []
    monkeypatch.setattr(markdown_format, "from_markdown", converted.append)
    files = {"course.md": b"---\ntitle: Dense\n---\n"}
    files |= {f"lessons/{day:02d}.md": f"---\ntitle: Day\n---\n{text}".encode() for day in range(1, 16)}

    with pytest.raises(InvalidError, match="too much formatting") as refused:
        markdown_format.from_files(files)

    assert (refused.value.code, converted) == ("archive_too_large", [])


def test_a_long_course_of_ordinary_text_is_read() -> None:
    text = "The tide comes in *twice* a day, as [the moon](https://example.com/moon) does.\n\n" * 200
    files = {
        "course.md": b"---\ntitle: Tides\nsummary: Water.\ncategory: sea\nduration_days: 60\n---\nAbout.\n"
    }
    files |= {f"lessons/{day:02d}.md": f"---\ntitle: Day\n---\n{text}".encode() for day in range(1, 61)}

    course, _attached = markdown_format.from_files(files)

    assert len(course.lessons) == 60
