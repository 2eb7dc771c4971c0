"""What apps declare, and what a section says when the environment, the database and the defaults don't agree."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, Field, SecretStr

from momentum.core.environment import BadSettingError
from momentum.site.domain import environment
from momentum.site.domain.sections import Section, Setting, Source
from momentum.site.queries.declared import sections


def _prime(number: int) -> int:
    if number % 2 == 0:
        raise ValueError("an odd number")
    return number


class Harbour(Section):
    name = "harbour"
    title = "Harbour"

    berths: Annotated[int, Field(ge=1, le=90), Setting("Berths", variable="HARBOUR_BERTHS")] = 12
    light: Annotated[bool, Setting("Light", variable="HARBOUR_LIGHT")] = True
    flag: Annotated[Literal["red", "green"], Setting("Flag", variable="HARBOUR_FLAG")] = "red"
    master: Annotated[str, Field(max_length=20), Setting("Master")] = "Ida"
    dock: Annotated[int, AfterValidator(_prime), Setting("Dock", variable="HARBOUR_DOCK")] = 3


def test_without_anything_else_the_defaults_are_in_force() -> None:
    harbour = Harbour.resolved(stored={}, environment={})

    assert harbour.model_dump() == {"berths": 12, "light": True, "flag": "red", "master": "Ida", "dock": 3}
    assert set(harbour.sources.values()) == {Source.DEFAULT}
    assert (harbour.locked, harbour.unusable) == ({}, {})


def test_the_environment_is_stronger_than_the_database_and_locks() -> None:
    harbour = Harbour.resolved(stored={"berths": 20, "light": False}, environment={"berths": 30})

    assert (harbour.berths, harbour.light) == (30, False)
    assert harbour.sources["berths"] == Source.ENVIRONMENT
    assert harbour.sources["light"] == Source.DATABASE
    assert harbour.locked == {"berths": "HARBOUR_BERTHS"}


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ({"berths": 91}, "a number from 1 to 90"),
        ({"berths": "many"}, "a number from 1 to 90"),
        ({"light": "dim"}, "one of: true, false"),
        ({"flag": "blue"}, "one of: red, green"),
        ({"dock": 4}, "an odd number"),
        ({"master": "Ida\nBcc: all"}, "one line of text"),
        ({"master": None}, "another value"),
        ({"master": "Ida" * 7}, "at most 20 characters long"),
    ],
)
def test_a_stored_value_that_cant_be_used_leaves_the_default_and_the_other_fields(
    stored: dict[str, Any], expected: str
) -> None:
    [field] = stored
    sound = {"berths": 5, "master": "Ole"} | stored

    harbour = Harbour.resolved(stored=sound, environment={})

    assert harbour.unusable == {field: expected}
    assert getattr(harbour, field) == Harbour.model_fields[field].default
    assert harbour.sources[field] == Source.DEFAULT
    assert [harbour.berths == 5, harbour.master == "Ole"].count(True) == 2 - (field in {"berths", "master"})


def test_a_stored_field_that_is_not_declared_any_more_is_passed_over() -> None:
    harbour = Harbour.resolved(stored={"pilots": 3, "berths": 4}, environment={})

    assert (harbour.berths, harbour.unusable) == (4, {})


def test_the_environment_is_read_by_type_and_an_empty_variable_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("BERTHS", " 7 "), ("LIGHT", "off"), ("FLAG", ""), ("DOCK", "5")):
        monkeypatch.setenv(f"HARBOUR_{name}", value)

    assert environment._read(Harbour) == {"berths": 7, "light": False, "dock": 5}


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        (
            "HARBOUR_BERTHS",
            "91",
            "HARBOUR_BERTHS is '91', but it must be a number from 1 to 90. Correct it and",
        ),
        ("HARBOUR_BERTHS", "", None),
        ("HARBOUR_LIGHT", "dim", "HARBOUR_LIGHT is 'dim', but it must be one of: true, false."),
        ("HARBOUR_FLAG", "blue", "HARBOUR_FLAG is 'blue', but it must be one of: red, green."),
        ("HARBOUR_DOCK", "4", "HARBOUR_DOCK is '4', but it must be an odd number."),
    ],
)
def test_a_variable_that_its_field_does_not_take_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, expected: str | None
) -> None:
    monkeypatch.setenv(variable, value)

    if expected is None:
        assert environment._read(Harbour) == {}
    else:
        with pytest.raises(BadSettingError, match=expected):
            environment._read(Harbour)


def _declared(field: str, annotation: Any, default: Any = ...) -> None:
    space = {
        "__annotations__": {field: annotation},
        "__module__": __name__,
        "name": "bad",
        "title": "Bad",
        **({} if default is ... else {field: default}),
    }
    type("Bad", (Section,), space)


@pytest.mark.parametrize(
    ("field", "annotation", "default", "said"),
    [
        ("code", Annotated[SecretStr, Setting("Code")], SecretStr("x"), "Bad.code is a secret"),
        ("code", Annotated[SecretStr | None, Setting("Code")], None, "Bad.code is a secret"),
        ("codes", Annotated[tuple[SecretStr, ...], Setting("Codes")], (), "Bad.codes is a secret"),
        ("api_key", Annotated[str, Setting("Key")], "", "Bad.api_key is a secret"),
        ("smtp_password", Annotated[str, Setting("Password")], "", "Bad.smtp_password is a secret"),
        ("berths", Annotated[int, Setting("Berths")], ..., "Bad.berths needs a default"),
        ("berths", int, 3, "Bad.berths needs a Setting"),
    ],
)
def test_secrets_and_what_is_not_wholly_declared_are_refused(
    field: str, annotation: Any, default: Any, said: str
) -> None:
    with pytest.raises(TypeError, match=said):
        _declared(field, annotation, default)


def test_what_apps_declare_is_sound() -> None:
    assert list(sections()) == [
        "mail",
        "notifications",
        "users",
        "reviews",
        "payments",
        "search",
        "generation",
        "support",
    ]
    for section in sections().values():
        section.model_validate(section().model_dump(mode="json"))
        assert all(setting.label for setting in section.settings().values())


@pytest.mark.parametrize(
    ("sender", "sound"),
    [
        ("Momentum <hello@localhost>", True),
        ("hello@intranet", True),
        ('"School, the" <hello@school.example>', True),
        ("Momentum", False),
        ("hello@", False),
        ("Momentum <hello>", False),
        ("", False),
        ("A <a@example.org>\nBcc: b@example.org", False),
    ],
)
def test_mail_comes_from_an_address(sender: str, sound: bool) -> None:  # noqa: FBT001 - a table's column
    mail = sections()["mail"].resolved(stored={"sender": sender}, environment={})

    assert (mail.unusable == {}) is sound
