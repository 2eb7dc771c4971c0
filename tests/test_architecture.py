"""What the import contracts can't say of themselves: that no app was left out, and no module stands outside a room."""

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import momentum
from docs import architecture

PACKAGE = Path(momentum.__file__).parent
# What is below every app, above them all, or made of content.
NO_APPS = {"core", "providers", "ui", "cli", "demo"}
APPS = sorted(
    folder.name
    for folder in PACKAGE.iterdir()
    if (folder / "__init__.py").exists() and folder.name not in NO_APPS
)
# CONTRIBUTING.md says what belongs in each.
ROOMS = {
    *(
        "models",
        "schemas",
        "domain",
        "events",
        "personal",
        "site_settings",
        "permissions",
        "queries",
        "letters",
        "notifications",
        "actions",
        "adapters",
    ),
    *("forms", "workflows", "queues", "middleware", "context_processors", "views", "panel", "rest", "urls"),
}
# What Django and allauth find by these names.
FOUND = {"migrations", "management", "templates", "static", "locale", "provider", "__init__", "__pycache__"}


def _contract(kind: str, word: str) -> dict[str, Any]:
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())
    contracts: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    (found,) = [one for one in contracts if one["type"] == kind and word in one["name"]]
    return found


@pytest.mark.parametrize("app", APPS)
def test_every_module_of_an_app_stands_in_a_room(app: str) -> None:
    modules = {path.stem for path in (PACKAGE / app).iterdir()}

    assert modules - ROOMS - FOUND == set()


def test_every_app_keeps_its_rooms_in_order() -> None:
    contract = _contract("layers", "Rooms")

    ordered = {
        room.strip("() ") for layer in contract["layers"] for room in layer.replace(":", "|").split("|")
    }

    assert contract["containers"] == [f"momentum.{app}" for app in APPS]
    assert ordered == ROOMS - {"queues"} | {
        "provider"
    }  # names alone, for those who may not import `workflows`


@pytest.mark.parametrize("app", APPS)
def test_no_action_takes_a_request(app: str) -> None:
    """Pages, the API, the command line and workflows call them alike."""
    found = [
        f"{path.name}: {function.name}"
        for path in [PACKAGE / app / "actions.py", *(PACKAGE / app / "actions").glob("*.py")]
        if path.exists()
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef)
        for argument in (*function.args.args, *function.args.kwonlyargs)
        if argument.annotation is not None and "HttpRequest" in ast.unparse(argument.annotation)
    ]

    assert found == []


# What is fixed while a process runs. What an administrator may change is read with `site.queries.current`.
FIXED_SETTINGS = {
    "BASE_URL",
    "DEBUG",
    *("LANGUAGES", "LANGUAGE_CODE"),
    *("AUTH_USER_MODEL", "COGNITO_POOL", "SECRET_KEY", "SECRET_KEY_FALLBACKS"),
    "VAPID_PRIVATE_KEY",
    *("SESSION_COOKIE_AGE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"),
    *("MAIL_DIRECTORY", "MEDIA_URL"),
    *("DOCUMENT_MEMORY_MB", "DOCUMENT_SECONDS", "REFERENCE_MAX_BYTES"),
    *("WRITER_API_KEY", "WRITER_BASE_URL", "WRITER_REGION"),
    "SETTINGS_FROM_ENVIRONMENT",
}


def test_rules_and_actions_read_no_setting_that_an_administrator_might_change() -> None:
    read = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for app in APPS
        for room in ("actions", "queries", "domain", "models")
        for path in [PACKAGE / app / f"{room}.py", *(PACKAGE / app / room).rglob("*.py")]
        if path.exists()
        for name in _django_settings_in(path.read_text())
    }

    assert {name for _path, name in read} == FIXED_SETTINGS
    # Rules are told what they need; these know the addresses of pages and pictures, and the names of cookies.
    assert {path for path, _name in read if "/domain/" in path} == {
        "catalog/domain/rich_text.py",
        "learning/domain/json_ld.py",
        "privacy/domain/browser_storage.py",
    }


def _django_settings_in(text: str) -> set[str]:
    """Return the names of Django's settings that a module reads, by whatever name it calls them."""
    tree = ast.parse(text)
    called = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.conf"
        for alias in node.names
    }
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in called
    }


def test_vendors_are_kept_out_of_everything_but_providers() -> None:
    modules = {
        path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }

    kept = _contract("forbidden", "Vendor")["source_modules"]

    assert {f"momentum.{name}" for name in modules - {"providers", "__init__", "__main__"}} == set(kept)


def test_every_door_is_shut_to_other_apps() -> None:
    assert _contract("doors", "doors")["rooms"] == ["urls", "views", "panel", "rest", "forms"]


def test_decisions_are_numbered_one_by_one_and_each_names_its_number() -> None:
    decisions = sorted((PACKAGE.parent / "docs" / "adr").glob("*.md"))

    named = [int(decision.name.split("-")[0]) for decision in decisions]
    titled = [decision.read_text().removeprefix("# ").split(".")[0] for decision in decisions]

    assert named == list(range(1, len(decisions) + 1))
    assert titled == [str(number) for number in named]


def test_the_picture_of_the_imports_is_of_these_imports() -> None:
    assert architecture.PAGE.read_text() == architecture.page()


def test_every_path_that_the_documentation_names_is_there() -> None:
    project = PACKAGE.parent
    pages = [*project.glob("*.md"), *project.glob("docs/**/*.md")]

    named = {
        path
        for page in pages
        for path in re.findall(r"`((?:momentum|tests|docs)/[\w./-]+)`", page.read_text())
    }

    assert len(named) > 30
    assert sorted(path for path in named if not (project / path).exists()) == []
