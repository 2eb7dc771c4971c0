"""Damaged pictures, through the forms that take pictures: refused with a sentence or taken, and never a fault."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.factories import make_picture
from tests.pages import fields, soup
from tests.world import World

pytestmark = pytest.mark.thorough


def _damaged(kind: str) -> Iterator[bytes]:
    whole = (
        make_picture(kind, (300, 200)).read()
        if hasattr(make_picture(kind), "read")
        else make_picture(kind, (300, 200))
    )
    yield whole[: len(whole) // 2]
    yield whole[:40]
    for place in (0.05, 0.3, 0.8):
        at = int(len(whole) * place)
        yield whole[:at] + b"\xff\x00" * 20 + whole[at + 40 :]
    yield whole + whole
    # Sizes in the head that are wild: all of its first bytes but those that say what it is.
    yield whole[:16] + b"\x7f" * 24 + whole[40:]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
@pytest.mark.parametrize(
    ("route", "field", "of"),
    [("engagement:profile", "picture", "learner"), ("panel:catalog:course", "thumbnail", "admin")],
)
def test_a_damaged_picture_is_refused_or_taken(
    world: World, kind: str, route: str, field: str, of: str
) -> None:
    browser = Client()
    browser.force_login(world.people[of])
    path = reverse(route, kwargs={"course_id": world.draft.id} if route == "panel:catalog:course" else {})
    (form,) = [
        one for one in soup(browser.get(path)).select("form") if one.select(f"input[type=file][name={field}]")
    ]

    for data in _damaged(kind):
        cache.clear()
        upload = SimpleUploadedFile(f"a.{kind.lower()}", data, content_type=f"image/{kind.lower()}")
        with transaction.atomic():
            answer = browser.post(path, {**fields(form), field: upload})
            transaction.set_rollback(True)

        assert answer.status_code in {302, 422}, data[:60]
        assert answer.status_code == 302 or f"id_{field}_error" in answer.text
