"""Reading the file of a reference, within the limits of this installation."""

from django.conf import settings

from momentum.providers.documents import Reading
from momentum.providers.documents.limits import Limits
from momentum.providers.documents.reading import read
from momentum.studio.models import Reference


def read_file(reference: Reference) -> Reading:
    """Return what stands in it.

    Raises:
        DocumentError: when it can't be used.
    """
    limits = Limits(memory=settings.DOCUMENT_MEMORY_MB * 1024**2, seconds=settings.DOCUMENT_SECONDS)
    with reference.file.open("rb") as stream:
        return read(stream.read(), name=reference.title, limits=limits)
