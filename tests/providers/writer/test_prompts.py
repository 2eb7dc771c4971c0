"""The prompts: that each is well made, and that one which isn't stops the start."""

import re
from pathlib import Path

import pytest

from momentum.providers.writer import prompts
from momentum.providers.writer.prompts import PromptError, check_prompts, get_prompt, read_prompt

GOOD = """---
name: greeting
version: 3
variables: [person]
temperature: 0.2
max_tokens: 500
---
Be brief.

***

Greet {{ person }}.
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "greeting.md"
    file.write_text(text)
    return file


@pytest.mark.parametrize("name", sorted(prompts.SUPPLIED))
def test_each_prompt_uses_what_it_declares_and_what_the_writer_supplies(name: str) -> None:
    prompt = get_prompt(name)

    assert prompt.variables == prompts.SUPPLIED[name]
    assert prompt.label == f"{name}@{prompt.version}"
    instructions, task = prompt.fill({variable: f"<<{variable}>>" for variable in prompt.variables})
    assert "{{" not in instructions + task
    assert all(f"<<{variable}>>" in instructions + task for variable in prompt.variables)
    # What stands in the instructions is the same for all lessons, so that providers can cache it.
    assert "<<marker>>" not in instructions
    assert re.search(r"tags? with a marker", instructions) or "with a marker" in instructions
    assert re.search(r"\b(?:is|are)(?: both)? data\b", " ".join(instructions.split()))
    opening = task.index("<<marker>>")
    assert task.count("<<marker>>", opening) >= 4


def test_the_prompts_of_this_version_are_well_made() -> None:
    check_prompts()

    folder = Path(prompts.__file__).parent
    assert {file.stem for file in folder.glob("*.md")} == set(prompts.SUPPLIED)


def test_what_is_filled_in_is_not_read_again(tmp_path: Path) -> None:
    prompt = read_prompt(written(tmp_path, GOOD))

    assert prompt.fill({"person": "{{ person }} \\1"}) == ("Be brief.", "Greet {{ person }} \\1.")


@pytest.mark.parametrize("values", [{}, {"person": "Ada", "place": "London"}])
def test_filling_in_too_little_or_too_much_is_refused(tmp_path: Path, values: dict[str, str]) -> None:
    prompt = read_prompt(written(tmp_path, GOOD))

    with pytest.raises(PromptError, match=r"greeting\.md was given other variables"):
        prompt.fill(values)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{{ person }}", "{{ person }} of {{place}}", "uses without declaring it: place"),
        ("[person]", "[person, place]", "declares without using it: place"),
        ("name: greeting", "name: farewell", "calls itself farewell"),
        ("version: 3", "version: 0", "version: Input should be greater"),
        ("max_tokens: 500", "", "max_tokens: Field required"),
        ("temperature: 0.2", "temperature: 3", "temperature: Input should be less"),
        ("version: 3", "version: 3\nwarmth: 3", "warmth: Extra inputs"),
        ("[person]", "[person", "can't be read"),
        ("***", "---", r"a line \*\*\* before the task"),
        ("Be brief.", "", "instructions: String should have at least 1"),
    ],
)
def test_a_prompt_that_is_not_well_made_is_refused(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    file = written(tmp_path, GOOD.replace(old, new, 1))

    with pytest.raises(PromptError, match=sentence):
        read_prompt(file)


def test_a_missing_prompt_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"greeting\.md is missing"):
        read_prompt(tmp_path / "greeting.md")


def test_a_prompt_that_wants_what_the_writer_does_not_supply_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    supplied = dict(prompts.SUPPLIED)
    supplied["outline"] = supplied["outline"] - {"tone"}
    monkeypatch.setattr(prompts, "SUPPLIED", supplied)

    with pytest.raises(PromptError, match=r"outline\.md and the writer disagree about these variables: tone"):
        check_prompts()
