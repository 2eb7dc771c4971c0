"""Reads sheets in this process, which is quick; test_pdf goes through the door that strangers' files take."""

from momentum.providers.documents import Document
from momentum.providers.documents.document import read_document
from tests.providers.sheets import Sheet, pdf

SOIL = (
    "Good soil holds water and lets the rest run away in the",
    "evening. Clay keeps water for a long time and warms up",
    "slowly in spring. Sand dries out within a day of sun.",
)
SEEDS = (
    "Peas can be sown as soon as the ground is no longer",
    "frozen. Beans are sown when the nights stay above ten",
    "degrees. Lettuce seeds need light to grow in the bed.",
)


def read(*sheets: Sheet, name: str = "notes.pdf", title: str = "", labels: str = "") -> Document:
    data = pdf(*sheets, title=title, labels=labels)
    return read_document(data, name=name, max_pages=100, seconds=1e6).document


def blocks(*sheets: Sheet) -> list[str]:
    """The blocks of the first page."""
    return read(*sheets).pages[0].text.split("\n\n")


def headings(document: Document) -> list[tuple[str, int]]:
    return [(entry.title, entry.page) for entry in document.outline]
