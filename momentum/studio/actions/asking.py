"""What is asked of a writer, checked and in the spelling it is stored in."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext as _

from momentum.catalog.models import Category, Level
from momentum.core.errors import InvalidError
from momentum.providers.documents import DocumentError
from momentum.providers.documents.formats import Format
from momentum.providers.documents.reading import format_in
from momentum.providers.writer import EXTRACTIVE, CourseRequest
from momentum.site.queries.current import current
from momentum.studio.models import Job, Reference
from momentum.studio.models.job import Tier
from momentum.studio.site_settings import GenerationSettings

MOST_REFERENCES = 20
_LIMITS = {"title": 160, "topic": 4000, "audience": 300, "tone": 120, "writer": 200}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?")


@dataclass(frozen=True)
class Upload:
    """A file that came with the request."""

    title: str
    file: "File[bytes]"
    sha256: str
    bytes: int
    format: Format


@dataclass(frozen=True)
class Asked:
    """A checked request; `kept` are the digests of documents that are there already.

    `days_open`: it has as many days as the documents make.
    """

    request: CourseRequest
    category: Category
    tier: str
    writer: str
    uploads: list[Upload]
    free_preview: bool
    kept: tuple[str, ...] = ()
    days_open: bool = False

    @property
    def fingerprint(self) -> str:
        plain = {
            **self.request.model_dump(),
            "category": self.category.slug,
            "tier": self.tier,
            "writer": self.writer,
            "references": sorted([*self.kept, *(upload.sha256 for upload in self.uploads)]),
            "free_preview": self.free_preview,
        }
        if self.days_open:
            plain["days"] = "open"
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def checked(
    request: CourseRequest,
    category: Category,
    references: Sequence["File[bytes]"],
    tier: str,
    writer: str,
    *,
    free_preview: bool,
    kept: tuple[str, ...] = (),
) -> Asked:
    """Return what is asked for, with the new files among `references`.

    Raises:
        InvalidError: for a request that can't be written; `data["fields"]` says which field.
    """
    problems: dict[str, list[str]] = {}
    uploads = [upload for upload in _uploads(references, problems) if upload.sha256 not in kept]
    texts = {name: _spelt(getattr(request, name)) for name in ("title", "audience", "tone")}
    texts["topic"] = request.topic.replace("\0", "").replace("\r\n", "\n").strip()
    generation = current(GenerationSettings)
    name = writer.strip() or (generation.draft if tier == Tier.DRAFT else generation.writer)
    for given, limit in _LIMITS.items():
        if len(texts.get(given, name)) > limit:
            problems[given] = [_("Use at most %(limit)d characters.") % {"limit": limit}]
    _check_choices(request, tier, problems)
    if len(kept) + len(uploads) > MOST_REFERENCES:
        problems["references"] = [_("Add at most %(limit)d files.") % {"limit": MOST_REFERENCES}]
    if "references" not in problems and not uploads and not kept:
        if name == EXTRACTIVE:
            problems["references"] = [
                _("The built-in writer needs a document. Add one, such as a PDF or DOCX file.")
            ]
        elif not texts["title"] and not texts["topic"]:
            problems["topic"] = [_("Enter a topic or add a document.")]
    if problems:
        raise InvalidError(data={"fields": problems})
    spelt = request.model_copy(update={**texts, "category": category.name})
    return Asked(spelt, category, tier, name, uploads, free_preview, kept)


def _check_choices(request: CourseRequest, tier: str, problems: dict[str, list[str]]) -> None:
    if request.level not in Level.values:
        problems["level"] = [_("Choose one of: %(levels)s.") % {"levels": ", ".join(Level.values)}]
    if request.language and (len(request.language) > 12 or not _LANGUAGE.fullmatch(request.language)):
        problems["language"] = [_("Use a language code such as en or pt-BR.")]
    if tier not in Tier.values:
        problems["tier"] = [_("Choose draft or final.")]


def _uploads(references: Sequence["File[bytes]"], problems: dict[str, list[str]]) -> list[Upload]:
    if len(references) > MOST_REFERENCES:
        problems["references"] = [_("Add at most %(limit)d files.") % {"limit": MOST_REFERENCES}]
        return []
    uploads: dict[str, Upload] = {}
    for file in references:
        try:
            upload = upload_of(file)
        except DocumentError as error:
            problems.setdefault("references", []).append(error.message)
            continue
        uploads.setdefault(upload.sha256, upload)
    return list(uploads.values())


def upload_of(file: "File[bytes]") -> Upload:
    """Return a file that came with a request as one to be stored.

    Raises:
        DocumentError: when it can't be a reference, with a sentence on why.
    """
    title = _spelt(PurePath((file.name or "").replace("\\", "/")).name)[:300] or _("Document")
    kind = _format(file, title)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return Upload(title, file, digest.hexdigest(), int(file.size or 0), kind)


def _format(file: "File[bytes]", title: str) -> Format:
    """Return the format of a file, or say why it can't be a reference. The rest shows when a worker reads it."""
    if not file.size:
        raise DocumentError("empty", _("%(name)s is empty.") % {"name": title})
    if file.size > settings.REFERENCE_MAX_BYTES:
        limit = settings.REFERENCE_MAX_BYTES // (1024 * 1024)
        said = _("%(name)s is too large; the limit is %(limit)d MB.") % {"name": title, "limit": limit}
        raise DocumentError("too_large", said)
    return format_in(cast("BinaryIO", file), title)


def _spelt(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def store(job: Job, uploads: Sequence[Upload], stored: list[Reference]) -> None:
    """Keep the files as references of a job, and list them in `stored`: whose files the caller deletes if it fails."""
    last = job.references.aggregate(last=models.Max("position"))["last"]
    for position, upload in enumerate(uploads, 0 if last is None else last + 1):
        reference = reference_of(upload, job=job, position=position)
        stored.append(reference)
        reference.save()


def reference_of(upload: Upload, *, job: Job, position: int, version: int = 1) -> Reference:
    """Return a reference that isn't saved yet, and whose file is: the caller deletes it if that fails."""
    reference = Reference(
        job=job,
        position=position,
        title=upload.title,
        sha256=upload.sha256,
        bytes=upload.bytes,
        format=upload.format,
        version=version,
        current=version == 1,
    )
    upload.file.seek(0)
    reference.file.save(upload.title, upload.file, save=False)
    return reference


def discard(stored: Sequence[Reference]) -> None:
    """Delete the files of references that are gone: files know nothing of transactions."""
    for reference in stored:
        storage = reference.file.storage
        for stored_file in (reference.file, *(figure.file for figure in reference.figures.all())):
            storage.delete(str(stored_file.name))
        if Reference.everything.filter(sha256=reference.sha256).exists() or not storage.exists(
            reference.page_pictures
        ):
            continue
        for name in storage.listdir(reference.page_pictures)[1]:
            storage.delete(f"{reference.page_pictures}/{name}")
