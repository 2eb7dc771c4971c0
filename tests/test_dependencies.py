"""What is installed is what was looked at: every dependency has its line, and none is known to be bad."""

import re
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[1]


def _pinned() -> dict[str, str]:
    lock = (PROJECT / "requirements.lock").read_text()
    return {
        canonicalize_name(name): version
        for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, flags=re.MULTILINE)
    }


def _found(pinned: dict[str, str]) -> list[str]:
    advisories: list[dict[str, Any]] = tomllib.loads((PROJECT / "docs" / "advisories.toml").read_text())[
        "advisory"
    ]
    return [
        f"{one['package']} {version}: {one['reason']}"
        for one in advisories
        if (version := pinned.get(canonicalize_name(one["package"])))
        and SpecifierSet(one["affected"]).contains(version, prereleases=True)
    ]


def test_no_pinned_version_is_known_to_be_bad() -> None:
    assert len(_pinned()) > 50
    assert _found(_pinned()) == []


def test_a_bad_version_would_be_found() -> None:
    assert _found({"jinja2": "3.1.5", "urllib3": "2.6.0"}) == [
        "jinja2 3.1.5: CVE-2025-27516: a way out of the sandbox"
    ]


def test_every_dependency_says_what_it_is_for() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    said = (PROJECT / "docs" / "dependencies.md").read_text().lower()

    missing = [name for one in wanted if (name := Requirement(one).name).lower() not in said]

    assert missing == []
