"""Reading typed values from environment variables, failing loudly on a bad one."""

import os
from collections.abc import Callable
from pathlib import Path


class BadSettingError(ValueError):
    """An environment variable holds a value that can't be used."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name} is {value!r}, but it must be {expected}. Correct it and start again.")


def text(name: str, default: str = "") -> str:
    """Return the variable's value, or `default` where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def secret(name: str) -> str:
    """Like `text`, for values that must never be shown or logged."""
    return text(name)


def flag(name: str, *, default: bool) -> bool:
    """Return a boolean: 1/0, true/false, yes/no, on/off.

    Raises:
        BadSettingError: for anything else.
    """
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise BadSettingError(name, value, "one of: true, false")


def number[N: (int, float)](
    name: str, default: N, *, low: N, high: N, kind: Callable[[str], N] | None = None
) -> N:
    """Return a number between `low` and `high`, both included.

    Raises:
        BadSettingError: where it is no number, or out of that range.
    """
    value = text(name)
    if not value:
        return default
    try:
        parsed = (kind or type(default))(value)
    except ValueError:
        raise BadSettingError(name, value, f"a number from {low} to {high}") from None
    if not low <= parsed <= high:
        raise BadSettingError(name, value, f"a number from {low} to {high}")
    return parsed


def choice(name: str, default: str, *, among: tuple[str, ...]) -> str:
    """Return one of `among`.

    Raises:
        BadSettingError: for a value that is not in it.
    """
    value = text(name, default)
    if value not in among:
        raise BadSettingError(name, value, f"one of: {', '.join(among)}")
    return value


def names(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return a comma-separated list, without empty items."""
    value = text(name)
    return [item.strip() for item in value.split(",") if item.strip()] if value else list(default)


def path(name: str, default: Path) -> Path:
    """Return an absolute path; `~` is expanded."""
    value = text(name)
    return Path(value).expanduser().resolve() if value else default
