"""Pictures of people: square, as WebP, in the sizes that pages need, under names that say nothing of whose they are."""

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from momentum.core.pictures import make

# In pixels, for twice as many dots: in the masthead, and on a profile.
SIZES = (96, 320)


def keep_avatar(data: bytes) -> str:
    """Store the middle of a picture in every size, and return the random name that they share.

    Raises:
        PictureError: with a sentence for `picture`, when it is none, or too large a one.
    """
    made, name = make(data, field="picture", squares=SIZES), secrets.token_urlsafe(16)
    for size, square in made.squares.items():
        default_storage.save(path_of(name, size), ContentFile(square))
    return name


def remove_avatar(name: str) -> None:
    """Remove a stored picture in all its sizes."""
    for size in SIZES:
        default_storage.delete(path_of(name, size))


def path_of(name: str, size: int) -> str:
    """Return where the storage has one size of it."""
    return f"avatars/{name}-{size}.webp"
