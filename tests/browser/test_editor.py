"""The editor changes what was typed, and nothing else."""

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Product

COURSE = """---
title: An editor’s trial
summary: Nothing gets lost.
category: technology-data
duration_days: 1
---

What it is about.
"""
LESSON = """---
day: 1
title: Low water
sources:
- {number: 1, title: A book of tides, page: 3, quote: The water turns.}
---

The water turns[^1] twice a day.

## A heading

#### A small heading

<h3 id="section-two">A heading that is linked to</h3>

```
tide --low
  wait 2 < 3
```

<figure><img src="/media/covers/low.webp" alt="Low water" width="10" height="10"><figcaption>Low.</figcaption></figure>

<table><caption>Heights</caption><thead><tr><th scope="col" colspan="2">Place</th></tr></thead>
<tbody><tr><td>Here</td><td>3 m</td></tr></tbody></table>

| Place | Height |
| --- | --- |
| There | **4 m** |

3. Third
4. Fourth
   - and a point

- A loose item

- Another, with a [page](https://example.com "A title")

| Depth | Of |
| --: | :-- |
| 7 m | Bay |

> Said by *somebody*, with H<sup>2</sup> and `code`.

H<sub>2</sub>O is ~~not~~ water.

<p lang="fr" dir="ltr">La mer.</p>

<dl><dt>Ebb</dt><dd>Out</dd></dl>

<details><summary>More</summary><p>Of it.</p></details>

```python
wait(2)
```

---

The end.
"""


def _zip(folder: Path) -> Path:
    path = folder / "trial.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("course.md", COURSE)
        archive.writestr("lessons/01-low-water.md", LESSON)
    return path


def _exported(page: Page, course: str) -> str:
    data = page.request.get(f"{course}export/").body()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("lessons/01-low-water.md").decode()


@pytest.fixture
def course(page: Page, product: Product, tmp_path: Path) -> str:
    """A course with everything in its text that a text can have; its address in the panel."""
    product.sign_in(page, "admin")
    page.goto("/panel/courses/")
    page.locator("details", has=page.locator("input[type=file]")).locator("summary").click()
    page.locator("input[type=file]").set_input_files(_zip(tmp_path))
    page.locator("form", has=page.locator("input[type=file]")).get_by_role(
        "button", name="Import as draft"
    ).click()
    expect(page.locator("h1")).to_have_text("An editor’s trial")
    return page.url


def test_one_comma_changes_one_comma(page: Page, course: str) -> None:
    before = _exported(page, course)
    page.get_by_role("link", name="Low water").click()
    editor = page.get_by_role("textbox", name="Text", exact=True)

    editor.get_by_text("The end.").click()
    page.keyboard.press("End")
    page.keyboard.type(",")
    editor.get_by_text("twice a day.").click()
    page.keyboard.press("End")
    page.keyboard.type("!")
    editor.get_by_text("There", exact=True).click()
    page.keyboard.press("End")
    page.keyboard.type("?")
    editor.get_by_text("Third", exact=True).click()
    page.keyboard.press("End")
    page.keyboard.type(";")
    for words in ("La mer.", "is not water."):
        editor.get_by_text(words).first.click()
        page.keyboard.press("End")
        page.keyboard.type("?")
    editor.get_by_text("A loose item").click()
    page.keyboard.press("End")
    page.keyboard.type("…")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("Saved.")

    before = before.replace("La mer.", "La mer.?").replace("water.\n", "water.?\n")
    changed = before.replace("The end.", "The end.,").replace("twice a day.", "twice a day.!")
    changed = (
        changed.replace("There", "There?").replace("Third", "Third;").replace("A loose item", "A loose item…")
    )
    assert _exported(page, course) == changed


def test_what_is_only_looked_at_is_saved_as_it_came(page: Page, course: str) -> None:
    before = _exported(page, course)
    page.get_by_role("link", name="Low water").click()
    expect(page.locator("kept-block")).to_have_count(5)

    page.get_by_label("Minutes").fill("9")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("Saved.")

    assert _exported(page, course) == before.replace("slug: low-water\n", "slug: low-water\nminutes: 9\n", 1)
