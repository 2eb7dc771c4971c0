"""Draws which app imports which: `python -m docs.architecture` writes it into docs/architecture.md."""

import re
from pathlib import Path

import grimp

PAGE = Path(__file__).with_name("architecture.md")
APPS = (
    *(
        "panel",
        "privacy",
        "analytics",
        "support",
        "studio",
        "search",
        "engagement",
        "recommendation",
        "payments",
        "learning",
    ),
    *("catalog", "accounts", "notifications", "mail", "site", "events", "ui", "providers", "core"),
)
_DRAWN = re.compile(r"(?<=```mermaid\n).*?(?=```)", re.DOTALL)


def drawing() -> str:
    """Return the picture in Mermaid's language: an arrow for each import that no chain of others implies."""
    graph = grimp.build_graph("momentum", exclude_type_checking_imports=True)
    direct = {app: {other for other in APPS if other != app and _imports(graph, app, other)} for app in APPS}
    lines = [
        f"  {app} --> {other}"
        for app in APPS
        for other in sorted(direct[app])
        if not any(other in direct[between] for between in direct[app] - {other})
    ]
    return "\n".join(["flowchart TD", *lines, ""])


def _imports(graph: grimp.ImportGraph, app: str, other: str) -> bool:
    found = graph.find_matching_direct_imports(import_expression=f"momentum.{app}.** -> momentum.{other}.**")
    return bool(found)


def page() -> str:
    """Return the page with the picture as it is now."""
    return _DRAWN.sub(lambda _found: drawing(), PAGE.read_text())


if __name__ == "__main__":
    PAGE.write_text(page())
