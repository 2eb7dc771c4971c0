"""Pictures of the pages of references, drawn once and kept beside them."""

import hashlib

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from momentum.core.errors import NotFoundError
from momentum.providers.documents import DocumentError
from momentum.providers.documents.page_picture import is_pdf, picture_of_page
from momentum.studio.models import Reference

# A strip is cut to what is marked on it.
WIDTHS = {"small": 240, "large": 1000, "strip": 900, "page": 800, "page-2x": 1600}


def page_picture(*, reference: Reference, page: int, size: str, quotes: list[str]) -> str:
    """Return the name under which the storage has the picture of a page, drawing it where nobody has looked yet.

    Args:
        reference: the document; whether this person may see it must be settled before.
        page: counted from 1.
        size: one of WIDTHS.
        quotes: sentences to mark on it.

    Raises:
        NotFoundError: for a page that isn't there, or a document whose pages can't be drawn.
    """
    if size not in WIDTHS or not 1 <= page <= (reference.pages or 0):
        raise NotFoundError
    storage = reference.file.storage
    marks = hashlib.sha256("\0".join(quotes).encode()).hexdigest()[:16] if quotes else "plain"
    name = f"{reference.page_pictures}/{page}-{size}-{marks}.jpg"
    if not storage.exists(name):
        data = _bytes_of(reference)
        if not is_pdf(data):
            raise NotFoundError
        try:
            drawn = picture_of_page(data, page=page, width=WIDTHS[size], quotes=quotes, cut=size == "strip")
        except DocumentError as error:
            raise NotFoundError(error.message) from error
        storage.save(name, ContentFile(drawn))
    return name


def _bytes_of(reference: Reference) -> bytes:
    try:
        with reference.file.open("rb") as stream:
            return bytes(stream.read())
    except FileNotFoundError as error:
        raise NotFoundError(_("The file of this document is gone from storage.")) from error
