"""The style sheet: one file a component, sent to browsers as one.

There is no build. The parts are joined once in each process: ours in the order below, and between them those that the
apps have in `static/<app>/css`. The address carries a digest of what they say, so browsers may keep the sheet for ever.
"""

import gzip
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.templatetags.static import static

from momentum.ui.reverse import url

_FOLDER = Path(__file__).parent / "static" / "ui" / "css"
LAYERS = "@layer tokens, base, layout, components, utilities;\n"
COMPONENTS = (
    "button", "icon", "acting", "asking", "masthead", "bell", "menu", "tabs", "rail", "foot", "crumbs", "cover",
    "card", "sunline", "syllabus", "facts", "quote", "stars", "badge", "field", "choice", "filters", "finder",
    "tag", "note", "empty", "standfirst", "prose", "film", "fold", "confirm", "week", "streak",
    "head", "tiles", "bar", "steps", "table", "lanes", "log", "panel", "list", "sent", "passage", "pager",
    "rows", "dialog", "keys", "saved", "consent", "skeleton", "settings", "sections", "error", "guide",
)  # fmt: skip
# What everybody's parts build on, and what has the last word on all of them.
FIRST = ("tokens", "base", "layout", *(f"components/{name}" for name in COMPONENTS))
LAST = ("components/targets", "utilities", "print")


class Sheet(NamedTuple):
    """The joined style sheet."""

    digest: str
    text: bytes
    gzipped: bytes


def sheet() -> Sheet:
    """Return the style sheet; read anew each time where Django debugs, so that a change is seen on reload."""
    if settings.DEBUG:
        _joined.cache_clear()
    return _joined(static("ui/fonts/public-sans.woff2"))


def parts() -> list[Path]:
    """Return the files that the sheet is made of, in the order in which they apply."""
    apps_own = [
        path
        for app in apps.get_app_configs()
        if app.label != "ui" and app.name.startswith("momentum.")
        for path in sorted(Path(app.path, "static", app.label, "css").glob("*.css"))
    ]
    return [*map(_file, FIRST), *apps_own, *map(_file, LAST)]


def _file(part: str) -> Path:
    return _FOLDER / f"{part}.css"


@cache
def _joined(font: str) -> Sheet:
    # The address of a font differs between storages, so it is part of the key.
    text = LAYERS + "".join(part.read_text(encoding="utf-8") for part in parts())
    text = re.sub(
        r'url\("\.\./fonts/([^"]+)"\)', lambda found: f'url("{static("ui/fonts/" + found[1])}")', text
    )
    body = _squeezed(text).encode()
    return Sheet(hashlib.sha256(body).hexdigest()[:16], body, gzip.compress(body, mtime=0))


def _squeezed(text: str) -> str:
    """Leave out comments and indentation; nothing cleverer, so that what is sent can still be read."""
    return re.sub(r"\n\s*", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).strip() + "\n"


def stylesheet_url() -> str:
    """Return the address of the style sheet as it is now."""
    return url("ui:stylesheet", sheet().digest)
