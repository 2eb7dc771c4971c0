"""An accepted change, as learners are told of it. Pure."""

from typing import Any, Final

from momentum.studio.domain.markup import clip

_LONGEST: Final = 400


def told(kind: str, old: dict[str, Any] | None, new: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return an entry of `catalog.LessonUpdate.changes`; None for what changes nothing that a learner reads."""
    if kind == "places":
        return None
    if kind in {"question", "action_item"}:
        return {"state": "checks"}
    if kind == "insertion":
        return {"state": "added", "text": clip(_inserted(new or {}), _LONGEST)}
    was = clip((old or {}).get("text", "").replace("\t", " · "), _LONGEST)
    if new is None:
        return {"state": "removed", "was": was}
    return {
        "state": "changed",
        "text": clip(" ".join(new["texts"]).replace("\t", " · "), _LONGEST),
        "was": was,
    }


def _inserted(new: dict[str, Any]) -> str:
    section = new["section"]
    if section["heading"].strip():
        return str(section["heading"])
    block = section["blocks"][0]
    texts = [sentence["text"] for sentence in block["sentences"]] or [
        " · ".join(row) for row in block["rows"]
    ]
    return " ".join(texts) or str(block["text"])
