"""A course as files: `course.md` and `lessons/NN-slug.md`, Markdown with YAML front matter.

Pure: from plain data to bytes and back, no database, no disk. `to_files(from_files(files))` may spell
things anew; `from_files(to_files(course)) == course`, always.
"""

import re
from collections.abc import Mapping
from typing import Any, NoReturn

import yaml
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from momentum.catalog.domain.captions import CaptionsError, as_webvtt
from momentum.catalog.domain.file_layout import COURSE
from momentum.catalog.domain.packaging import Content
from momentum.catalog.domain.rich_text import BESIDE, from_markdown, pictures_beside, to_markdown
from momentum.catalog.schemas import CourseFile, LessonFile
from momentum.core.encodings import decoded
from momentum.core.errors import InvalidError
from momentum.core.parsing import UnreadableError, read_yaml
from momentum.core.pictures import kind_of

LESSON = re.compile(r"lessons/([0-9]{1,3})-?[^/]*\.md")
COVER = re.compile(r"cover\.(png|jpg|jpeg|webp|avif)")
# Of all texts together: what is converted while a page worker waits, about two seconds. What marks up costs the most.
MARKDOWN_CHARACTERS = 1_500_000
MARKUP_CHARACTERS = 150_000
_MARKUP = re.compile(r"[\n\[\]*_`|<>!#\\]")
# Items of lists, and addresses and tags, cost as much as three.
_COSTLY = re.compile(r"^[ \t>]*(?:[-+*]|\d{1,9}[.)])(?=\s)|<[a-zA-Z]", re.MULTILINE)
VIDEO = re.compile(r"videos/[-\w.]+\.(mp4|webm|vtt)")


def to_files(course: CourseFile, attached: Mapping[str, Content] | None = None) -> dict[str, Content]:
    """Return the files of a course by path; `attached` are cover, videos and pictures by the names it gives them."""
    front = _plain(course, leave_out={"description", "lessons"})
    files: dict[str, Content] = {COURSE: _join(front, to_markdown(course.description))}
    for day, lesson in enumerate(course.lessons, start=1):
        front = {"day": day} | _plain(lesson, leave_out={"content"})
        front["action_items"] = [
            item if "note" in item else item["text"] for item in front.pop("action_items", [])
        ]
        if not front["action_items"]:
            del front["action_items"]
        name = f"lessons/{day:02d}-{slugify(lesson.slug or lesson.title)[:80] or 'lesson'}.md"
        files[name] = _join(front, to_markdown(lesson.content))
    return files | dict(attached or {})


def from_files(files: Mapping[str, Content]) -> tuple[CourseFile, dict[str, Content]]:
    """Return the course in these files, and its cover, videos, captions and pictures by the names it gives them.

    Captions are WebVTT then, whatever they were.

    Raises:
        InvalidError: naming the file, and the field or line, that needs another look.
    """
    if COURSE not in files:
        raise InvalidError(_("The file course.md is missing."), code="course_file_missing")
    _check_amount(files)
    lessons = _lessons(files)
    front, body = _split(COURSE, _text(files[COURSE]))
    for given in ("lessons", "description"):
        if given in front:
            _refuse(COURSE, _("%(field)s is not allowed here") % {"field": given})
    front |= {"description": _rich(COURSE, body), "lessons": [lessons[day] for day in sorted(lessons)]}
    course = _validated(CourseFile, COURSE, front)
    _check_cover(course, files)
    for part in pictures_beside(course.description):
        if part not in files:
            _refuse(COURSE, _("%(part)s is missing") % {"part": part})
    attached = {
        name: _webvtt(name, files[name]) if name.endswith(".vtt") else files[name] for name in course.attached
    }
    for name in files:
        if (VIDEO.fullmatch(name) or BESIDE.fullmatch(name)) and name not in attached:
            _refuse(name, _("no lesson refers to it"))
    return course, attached


def _check_amount(files: Mapping[str, Content]) -> None:
    texts = [
        _text(data).replace(b"\0", b"").decode("utf-8", "replace")
        for name, data in files.items()
        if name.endswith(".md")
    ]
    marks = sum(len(_MARKUP.findall(text)) + 2 * len(_COSTLY.findall(text)) for text in texts)
    if sum(map(len, texts)) > MARKDOWN_CHARACTERS or marks > MARKUP_CHARACTERS:
        raise InvalidError(
            _(
                "Its lessons are too long, or have too much formatting, for one course. Divide it into several."
            ),
            code="archive_too_large",
        )


def _lessons(files: Mapping[str, Content]) -> dict[int, LessonFile]:
    lessons: dict[int, LessonFile] = {}
    for name in sorted(files):
        if match := LESSON.fullmatch(name):
            day, lesson = _lesson(name, files, int(match[1]))
            if day in lessons:
                _refuse(name, _("there are two lessons for day %(day)d") % {"day": day})
            lessons[day] = lesson
        elif name != COURSE and not any(kind.fullmatch(name) for kind in (COVER, VIDEO, BESIDE)):
            _refuse(name, _("a course has no such file"))
    for day in range(1, len(lessons) + 1):
        if day not in lessons:
            _refuse(
                "lessons", _("day %(day)d is missing; days are numbered from 1 without gaps") % {"day": day}
            )
    return lessons


def _lesson(name: str, files: Mapping[str, Content], numbered: int) -> tuple[int, LessonFile]:
    front, body = _split(name, _text(files[name]))
    if "content" in front:
        _refuse(name, _("%(field)s is not allowed here") % {"field": "content"})
    day = front.pop("day", numbered)
    if type(day) is not int or day < 1:
        _refuse(name, _("day must be a number from 1"))
    lesson = _validated(LessonFile, name, front | {"content": _rich(name, body)})
    for part in lesson.attached:
        if part not in files:
            _refuse(name, _("%(part)s is missing") % {"part": part})
    return day, lesson


def _webvtt(name: str, data: Content) -> bytes:
    try:
        return as_webvtt(_text(data))
    except CaptionsError as error:
        raise InvalidError(f"{name}: {error}", code="course_file_invalid", data={"file": name}) from None


def _check_cover(course: CourseFile, files: Mapping[str, Content]) -> None:
    for name in files:
        if COVER.fullmatch(name) and name != course.cover:
            _refuse(name, _("course.md doesn’t name it as the cover"))
    if not course.cover:
        return
    if course.cover not in files:
        _refuse(COURSE, _("its cover %(name)s is missing") % {"name": course.cover})
    if kind_of(_text(files[course.cover])) != course.cover.rpartition(".")[2].replace("jpeg", "jpg"):
        _refuse(course.cover, _("its contents don’t match its file type"))


def _text(data: Content) -> bytes:
    assert isinstance(data, bytes)  # noqa: S101 - only videos are streams, and their names are their own
    return data


def _plain(model: BaseModel, *, leave_out: set[str]) -> dict[str, Any]:
    return model.model_dump(mode="json", exclude=leave_out, exclude_defaults=True)


def _join(front: dict[str, Any], body: str) -> bytes:
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=100)
    return f"---\n{head}---\n\n{body}\n".encode()


def _split(name: str, data: bytes) -> tuple[dict[str, Any], str]:
    try:
        text = decoded(data)
    except UnicodeDecodeError:
        _refuse(name, _("it isn’t text in UTF-8; save it in that encoding"))
    match = re.match(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if match is None:
        _refuse(name, _("it must begin with front matter between two lines of ---"))
    try:
        front = read_yaml(match[1] or "")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        _refuse(name, _("line %(line)d: %(problem)s") % {"line": line, "problem": error.problem})
    except UnreadableError:
        _refuse(name, _("its front matter isn’t valid YAML"))
    if not isinstance(front, dict) or not all(isinstance(key, str) for key in front):
        _refuse(name, _("its front matter must be a list of names and values"))
    return front, text[match.end() :].strip("\n")


def _rich(name: str, markdown: str) -> str:
    try:
        return from_markdown(markdown)
    except InvalidError as error:
        raise InvalidError(f"{name}: {error}", code=error.code, data={"file": name}) from error


def _validated[M: BaseModel](model: type[M], name: str, values: dict[str, Any]) -> M:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(
            str(part + 1) if isinstance(part, int) else part
            for part in first["loc"]
            if isinstance(part, int) or not part.startswith(("list[", "function-"))
        )
        problem = first["msg"].removeprefix("Value error, ")
        _refuse(name, f"{field}: {problem}" if field else problem, field=field)


def _refuse(name: str, problem: str, *, field: str = "") -> NoReturn:
    raise InvalidError(f"{name}: {problem}.", code="course_file_invalid", data={"file": name, "field": field})
