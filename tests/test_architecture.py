"""What the import contracts can't say of themselves: that no app was left out of them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import momentum

PACKAGE = Path(momentum.__file__).parent
DOORS = ("urls", "views", "panel", "rest", "forms")
# The panel is the administrator's shell: it gathers the doors of others.
SHELLS = {"panel", "core"}


def _contracts() -> list[dict[str, Any]]:
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())
    contracts: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return contracts


def _doors() -> list[str]:
    found = (
        f"momentum.{app.name}.{door}"
        for app in sorted(PACKAGE.iterdir())
        if app.is_dir() and app.name not in SHELLS
        for door in DOORS
        if (app / f"{door}.py").exists() or (app / door / "__init__.py").exists()
    )
    return list(found)


@pytest.mark.parametrize("door", _doors())
def test_every_door_is_protected(door: str) -> None:
    protected = {
        module
        for contract in _contracts()
        if contract["type"] == "protected"
        for module in contract["protected_modules"]
    }

    assert door in protected


def test_every_app_with_actions_keeps_its_rooms_in_order() -> None:
    kept = {app for contract in _contracts() for app in contract.get("containers", ())}
    apps = {
        f"momentum.{app.name}"
        for app in PACKAGE.iterdir()
        if (app / "actions.py").exists() or (app / "actions").is_dir()
    }

    assert apps <= kept


def test_decisions_are_numbered_one_by_one_and_each_names_its_number() -> None:
    decisions = sorted((PACKAGE.parent / "docs" / "adr").glob("*.md"))

    named = [int(decision.name.split("-")[0]) for decision in decisions]
    titled = [decision.read_text().removeprefix("# ").split(".")[0] for decision in decisions]

    assert named == list(range(1, len(decisions) + 1))
    assert titled == [str(number) for number in named]
