"""What a server of one's own says of itself, for `momentum doctor`: which models it has, and how much they read.

The list of models is a part of OpenAI's protocol. How many tokens a model reads is not: vLLM says it in that list,
Ollama, llama.cpp and LM Studio each at an address of its own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from momentum.providers.writer.model.config import ModelConfig, ModelName

_SECONDS: Final = 5.0
_SHOWN: Final = 6
_OLLAMAS_PORT: Final = ":11434"


def what_is_missing(name: ModelName, config: ModelConfig) -> str | None:
    """Say what keeps a server of one's own from answering: it isn't there, or has no such model. Asks no model."""
    try:
        listed = _get(f"{config.base_url.rstrip('/')}/models", config)
    except (URLError, OSError) as error:
        if isinstance(error, HTTPError):
            return None  # it is there, and keeps no list
        return (
            f"Nothing answers at {config.base_url}. Start the server there{_how_to_start(config)}, or change "
            "MOMENTUM_WRITER_BASE_URL."
        )
    models = [str(row.get("id")) for row in _rows(listed, "data")]
    if not models or name.model in models or f"{name.model}:latest" in models:
        return None
    shown = ", ".join(models[:_SHOWN]) + (" …" if len(models) > _SHOWN else "")
    pull = (
        f"Get it with “ollama pull {name.model}”, or set" if _is_ollama(config) else "Load it there, or set"
    )
    return (
        f"The server at {config.base_url} has no model “{name.model}”. {pull} MOMENTUM_WRITER to one that it "
        f"has, with openai: in front: {shown}."
    )


def what_is_too_small(name: ModelName, config: ModelConfig) -> str | None:
    """Say where the model reads less at once than it is given: some servers cut off the rest without a word."""
    size = _context(name, config)
    if size is None or size >= config.context_tokens:
        return None
    mend = (
        f"Start it with OLLAMA_CONTEXT_LENGTH={config.context_tokens}"
        if _is_ollama(config)
        else "Start it with a larger context"
    )
    return (
        f"The server reads only {size} tokens at once with “{name.model}”, but is given up to "
        f"{config.context_tokens}. {mend}, or set MOMENTUM_WRITER_CONTEXT to {size} if that is at least 16000."
    )


def _context(name: ModelName, config: ModelConfig) -> int | None:
    """How many tokens the loaded model reads and writes at once; None where the server doesn't say."""
    base = config.base_url.rstrip("/")
    root = base.removesuffix("/v1")
    names = {name.model, f"{name.model}:latest"}
    for url, rows, key, size in (
        (f"{base}/models", "data", "id", "max_model_len"),
        (f"{root}/api/ps", "models", "model", "context_length"),
        (f"{root}/api/v0/models", "data", "id", "loaded_context_length"),
    ):
        for row in _rows(_told(url, config), rows):
            if row.get(key) in names and isinstance(row.get(size), int):
                return int(row[size])
    slot = _told(f"{root}/props", config).get("default_generation_settings")
    found = slot.get("n_ctx") if isinstance(slot, dict) else None
    return found if isinstance(found, int) and found > 0 else None


def _told(url: str, config: ModelConfig) -> dict[str, Any]:
    try:
        return _get(url, config)
    except (URLError, OSError):
        return {}


def _get(url: str, config: ModelConfig) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {config.api_key}"} if config.api_key else {}
    # The address is the operator's own, and http or https: ModelConfig has looked.
    with urlopen(Request(url, headers=headers), timeout=_SECONDS) as answer:  # noqa: S310
        try:
            told = json.load(answer)
        except ValueError:
            return {}
    return told if isinstance(told, dict) else {}


def _rows(told: dict[str, Any], key: str) -> list[dict[str, Any]]:
    rows = told.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _is_ollama(config: ModelConfig) -> bool:
    return _OLLAMAS_PORT in config.base_url or bool(
        _told(f"{config.base_url.rstrip('/').removesuffix('/v1')}/api/version", config)
    )


def _how_to_start(config: ModelConfig) -> str:
    return ", for example with “ollama serve”" if _OLLAMAS_PORT in config.base_url else ""
