"""The pictures of references that lessons show, as the catalogue keeps pictures."""

from collections.abc import Sequence

from momentum.catalog.actions.attachments import PIXELS_TOGETHER, SECONDS_TOGETHER
from momentum.catalog.actions.pictures import as_stored
from momentum.core.pictures import Allowance, PictureError, PicturesError
from momentum.providers.writer import LessonDraft, LessonPicture
from momentum.studio.domain.markup import picture_name, pictures_in
from momentum.studio.models import Job, ReferencePicture, ReferenceText


def figures_in(job: Job, drafts: Sequence[LessonDraft]) -> dict[str, tuple[str, bytes]]:
    """Return the pictures that these lessons show, by the names that a course's files have for them.

    Each with the name it is stored under, and its data. One that is missing, or too many together, is left out: its
    figure keeps its words.
    """
    wanted = {picture for draft in drafts for picture in pictures_in(draft)}
    together = Allowance(PIXELS_TOGETHER, SECONDS_TOGETHER)
    ready = {}
    for picture, row in _rows(job, wanted).items():
        name = picture_name(picture)
        with row.file.open("rb") as stream:
            data = stream.read()
        try:
            ready[name] = as_stored(data, called=name, together=together)
        except PictureError:
            continue
        except PicturesError:
            break
    return ready


def _rows(job: Job, wanted: set[LessonPicture]) -> dict[LessonPicture, ReferencePicture]:
    if not wanted:
        return {}
    texts = ReferenceText.objects.filter(reference__job=job, reference__current=True).order_by(
        "reference__position"
    )
    references = list(texts.values_list("reference_id", flat=True))
    rows = {(row.reference_id, row.name): row for row in ReferencePicture.objects.filter(reference__job=job)}
    found = {}
    for picture in sorted(wanted, key=lambda one: (one.document, one.name)):
        if picture.document < len(references):
            row = rows.get((references[picture.document], picture.name))
            if row is not None:
                found[picture] = row
    return found
