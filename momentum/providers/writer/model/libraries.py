"""The libraries that a model is asked with: they take seconds to load, so they are loaded when they are wanted.

They import each other in circles. Two threads that load them at the same time see half of a module, so one loads, and
the others wait.
"""

from __future__ import annotations

from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from momentum.providers.writer.names import Wire

_loading = Lock()


def load_for_asking(protocol: Wire) -> None:
    """Load what a call of such a model uses: the conversation, its vendor's client, the built-in writer's words."""
    package = "momentum.providers.writer"
    _load(
        f"{package}.model.conversation",
        f"{package}.model.session",
        f"{package}.model.clients.{protocol}",
        f"{package}.extractive",
    )


def load_for_pricing() -> None:
    """Load what knows the prices of models."""
    _load("pydantic_ai.usage", "genai_prices")


def _load(*modules: str) -> None:
    with _loading:
        for module in modules:
            import_module(module)
