"""XML of strangers: nothing outside the file is loaded, and no entity is unpacked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from momentum.providers.documents.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

type Element = Any  # lxml ships no types


def parsed(data: bytes) -> Element:
    """Return the root of an XML file; of a damaged one, what can be read of it.

    Raises:
        RefusedError: `broken` where that is nothing.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, recover=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError("broken") from error
    if root is None:
        raise RefusedError("broken")
    return root


def name(element: Element) -> str:
    """The element's name without its namespace: the strict and the transitional ones are read alike."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, *wanted: str) -> Iterator[Element]:
    """The child elements of these names."""
    if element is not None:
        yield from (child for child in element if name(child) in wanted)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of this name, or the child of that, and so on; None where there is none."""
    for wanted in path:
        element = next(children(element, wanted), None)
    return element


def attribute(element: Element | None, wanted: str, default: str = "") -> str:
    """The attribute of this name, whatever its namespace."""
    if element is None:
        return default
    plain = element.get(wanted)
    if plain is not None:
        return str(plain)
    return next(
        (str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == wanted), default
    )


def within(element: Element, *wanted: str) -> Iterator[Element]:
    """All elements of these names inside it, in order."""
    yield from (one for one in element.iter() if name(one) in wanted)


OFF: Final = frozenset({"0", "false", "off", "none"})


def switched(element: Element | None, wanted: str) -> bool:
    """Whether a property that is on by being there, such as `<w:vanish/>`, is."""
    found = child(element, wanted)
    return found is not None and attribute(found, "val", "1").casefold() not in OFF
