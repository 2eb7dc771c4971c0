import gzip

import pytest
from django.test import Client

from momentum.ui import styles


def test_a_page_links_one_style_sheet_that_may_be_kept_for_ever(client: Client, db: None) -> None:
    page = client.get("/courses/").content.decode()

    assert page.count('rel="stylesheet"') == 1
    assert f'<link rel="stylesheet" href="/styles/{styles.sheet().digest}.css">' in page


def test_the_style_sheet_comes_packed_to_whoever_can_unpack_it(client: Client) -> None:
    plain = client.get(styles.stylesheet_url())
    packed = client.get(styles.stylesheet_url(), headers={"Accept-Encoding": "br, gzip"})

    assert plain.headers["Content-Type"] == "text/css; charset=utf-8"
    assert (
        plain.headers["Cache-Control"]
        == packed.headers["Cache-Control"]
        == "public, max-age=31536000, immutable"
    )
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert plain.content.startswith(b"@layer tokens, base, layout, components, utilities;")
    assert b"../fonts" not in plain.content
    assert not plain.cookies


def test_an_address_from_an_older_page_gets_todays_sheet_but_is_not_kept(client: Client) -> None:
    answer = client.get("/styles/0123456789abcdef.css")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("font", ["newsreader-roman", "newsreader-italic", "public-sans"])
def test_the_fonts_that_it_names_exist(font: str) -> None:
    from django.contrib.staticfiles import finders

    assert f"/static/ui/fonts/{font}.woff2" in styles.sheet().text.decode()
    assert finders.find(f"ui/fonts/{font}.woff2")
