"""Reading a page as a visitor does."""

from copy import copy
from typing import Any

from bs4 import BeautifulSoup, Tag


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def main(response: Any) -> Tag:
    """Return what the page is for: everything inside <main>."""
    found = soup(response).find("main")
    assert isinstance(found, Tag), response.text[:500]
    return found


def words(found: Any) -> str:
    """Return the text of an element or a page, on one line."""
    element = found if isinstance(found, Tag) else main(found)
    if element.find("bdi"):
        # A title in a sentence is a word of it, and no part of the page.
        element = copy(element)
        for title in element.select("bdi"):
            title.unwrap()
        element.smooth()
    return " ".join(element.get_text(" ").split())


def titles(response: Any, selector: str) -> list[str]:
    return [words(found) for found in main(response).select(selector)]


def button(response: Any, text: str) -> Tag:
    """Return the form whose button says this."""
    for found in main(response).select("form button"):
        if words(found) == text:
            form = found.find_parent("form")
            assert isinstance(form, Tag)
            return form
    raise AssertionError(f"no button says {text!r}: {words(response)}")


def link(response: Any, text: str) -> str:
    """Return where the link that says this leads."""
    found = [str(a["href"]) for a in main(response).select("a[href]") if words(a) == text]
    assert found, f"no link says {text!r}: {words(response)}"
    return found[0]


def fields(form: Tag, pressed: str = "") -> dict[str, str]:
    """Return what a form sends as it stands when the button that says `pressed` is."""
    sent: dict[str, str] = {}
    for part in form.select("input[name], textarea[name]"):
        kind = part.get("type", "")
        if kind == "file" or (kind in {"checkbox", "radio"} and not part.has_attr("checked")):
            continue
        value = part.get("value", "on" if kind == "checkbox" else "")
        sent[str(part["name"])] = (
            part.get_text().removeprefix("\n") if part.name == "textarea" else str(value)
        )
    for part in form.select("select[name]"):
        chosen = part.select_one("option[selected]") or part.select_one("option")
        sent[str(part["name"])] = str(chosen["value"]) if chosen else ""
    for part in form.select("button[name]"):
        if words(part) == pressed:
            sent[str(part["name"])] = str(part["value"])
    return {name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"}
