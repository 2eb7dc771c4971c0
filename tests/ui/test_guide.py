import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import momentum.ui

COMPONENTS = Path(momentum.ui.__file__).parent / "templates" / "components"


def test_the_style_guide_shows_every_component(client: Client, db: None) -> None:
    page = client.get("/ui/")
    source = (COMPONENTS.parent / "ui" / "guide.html").read_text() + "".join(
        (COMPONENTS.parent / "layouts" / name).read_text() for name in ("base.html", "public.html")
    )

    assert page.status_code == 200
    # The rest is shown by those that use it, or needs a course to be in.
    shown = set(re.findall(r'from "components/(\w+)\.html"', source)) | {"crumbs", "syllabus", "video"}
    assert shown == {path.stem for path in COMPONENTS.glob("*.html")}


@pytest.mark.parametrize(
    "field", ["title", "summary", "days", "level", "length", "source", "password", "agreed"]
)
def test_a_field_that_is_wrong_says_so_to_eye_and_ear(client: Client, db: None, field: str) -> None:
    answer = client.post("/ui/", {})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert re.search(rf'aria-describedby="[^"]*\bid_{field}_error\b', page)


def test_every_field_has_a_label_of_its_own(client: Client, db: None) -> None:
    page = client.get("/ui/").content.decode()

    ids = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\bid="([^"]+)"', page)
    assert len(ids) >= 12
    assert [one for one in ids if f'for="{one}"' not in page] == []


def test_the_style_guide_is_not_there_in_production(client: Client, db: None, settings: Any) -> None:
    settings.DEVELOPMENT = False

    assert client.get("/ui/").status_code == 404
