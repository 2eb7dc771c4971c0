"""Writing down everything about somebody: a ZIP with a JSON file for each table, and their files."""

import json
import os
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext as _

from momentum.accounts.actions.avatars import SIZES, path_of
from momentum.accounts.models import User
from momentum.catalog.models import ActionItem, Course, Lesson, Question
from momentum.core.personal_data import Table
from momentum.learning.actions.certificates import pdf_of
from momentum.learning.models import Answer, Certificate
from momentum.privacy.queries.registry import personal, rows_of, tables

_CHUNK = 500
_WAYS_TO_EDITIONS = {
    "course": "edition",
    "lesson": "course__edition",
    "action_item": "lesson__course__edition",
    "question": "lesson__course__edition",
}
_READ_ME = _(
    "This archive contains all the data Momentum has about you. Each file in “data” is one category, as "
    "JSON; “files” contains your picture and your certificates. Times are in UTC. "
    "Whether an answer was right says what was true when you gave it; “edited_since” marks questions that "
    "were edited later."
)


def write_export(*, user: User, name: str) -> None:
    """Put the ZIP into the storage under this name, in the place of whatever an earlier attempt left there.

    Nobody else on the machine may read it: the file is 0600 from its first byte on, in a folder that is 0700.
    """
    path = Path(default_storage.path(name))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)  # an older one may be open
    with _private(path.with_suffix(".part")) as out:
        _write(user, out)
    path.with_suffix(".part").replace(path)


def _private(path: Path) -> IO[bytes]:
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def _write(user: User, out: IO[bytes]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", str(_READ_ME) + "\n")
        for label in personal():
            _write_table(archive, label, user.id)
        for path, data in _files(user):
            archive.writestr(f"files/{path}", data)


def _write_table(archive: zipfile.ZipFile, label: str, user_id: uuid.UUID) -> None:
    table, between = tables()[label], "[\n"
    with archive.open(f"data/{label.replace('.', '/').lower()}.json", "w") as file:
        for row in _rows(label, table, user_id):
            file.write((between + json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)).encode())
            between = ",\n"
        file.write(b"[]\n" if between == "[\n" else b"\n]\n")


def _rows(label: str, table: Table, user_id: uuid.UUID) -> Iterator[dict[str, Any]]:
    found = rows_of(label, user_id)
    names = table.mine.split()
    meta = found.model._meta  # noqa: SLF001 - Django's public name for it
    related = [name for name in names if isinstance(meta.get_field(name), models.ForeignKey)]
    related += [f"{name}__{way}" for name, way in _WAYS_TO_EDITIONS.items() if name in related]
    # None is what says "none" to select_related.
    for row in found.select_related(*related or (None,)).order_by("pk").iterator(chunk_size=_CHUNK):
        yield {name: _value(getattr(row, name), row) for name in names}


def _value(value: object, row: models.Model) -> object:
    if isinstance(value, ActionItem | Question):
        return _part(value, row)
    if isinstance(value, models.Model):
        return {"id": value.pk} if isinstance(value, User) else {"id": value.pk, "name": str(_shown(value))}
    return value


def _part(part: ActionItem | Question, row: models.Model) -> dict[str, object]:
    """Name it by what they read when they did it; the rest of its lesson is the course's, and may be closed by now."""
    lesson = _lesson(part.lesson)
    there = lesson.action_items.all() if isinstance(part, ActionItem) else lesson.questions.all()
    shown = next((one for one in there if one.pk == part.pk), part) if lesson is not part.lesson else part
    text = shown.text if isinstance(shown, ActionItem) else shown.prompt
    told = {"id": part.pk, "name": text, "lesson": str(lesson)}
    # A verdict is never judged again; the page asks anew what was edited into another question.
    return told | {"edited_since": shown.updated_at > row.at} if isinstance(row, Answer) else told


def _shown(thing: models.Model) -> models.Model:
    """Return a course or lesson as who is in it is shown it: taken back, as it was, not as it may become."""
    if isinstance(thing, Lesson):
        return _lesson(thing)
    if isinstance(thing, Course) and (kept := thing.kept):
        return kept.lay_over(thing)
    return thing


def _lesson(lesson: Lesson) -> Lesson:
    kept = lesson.course.kept
    return (kept and kept.lesson(lesson.course, pk=lesson.pk)) or lesson


def _files(user: User) -> Iterator[tuple[str, bytes]]:
    if user.avatar and default_storage.exists(path_of(user.avatar, max(SIZES))):
        with default_storage.open(path_of(user.avatar, max(SIZES))) as file:
            yield "picture.webp", file.read()
    found = Certificate.objects.filter(enrolment__user=user).select_related("enrolment__course__category")
    # What was withdrawn, or bears no name yet, is no paper; the data says that it was issued.
    for certificate in found.filter(status=Certificate.Status.VALID).exclude(learner_name=""):
        yield f"certificate-{certificate.number}.pdf", pdf_of(certificate)
