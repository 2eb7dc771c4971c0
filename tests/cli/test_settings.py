"""`momentum settings`: what is in force, where it comes from, and changing it."""

import argparse
from typing import Any

import pytest

from momentum.cli import site_settings as command
from momentum.cli.refusal import RefusedError
from momentum.core.errors import ConflictError, InvalidError
from momentum.payments.site_settings import PaymentSettings
from momentum.site.models import StoredSection
from momentum.site.queries.current import current
from momentum.studio.site_settings import GenerationSettings


def _run(*words: str) -> None:
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    command.main(parser.parse_args(words))


def _lines(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    listed = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    return {name: " ".join(rest.split()) for name, *words in listed for rest in words}


def test_the_list_says_where_each_value_comes_from(
    db: None, site_settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    site_settings(PaymentSettings, premium_grace_days=4)
    site_settings.by_environment(GenerationSettings, writer="openai:fake")

    _run()

    lines = _lines(capsys)
    assert lines["payments.premium_grace_days"].startswith("4 database Days of premium")
    assert lines["payments.promotion_codes"].startswith("true default Take promotion codes")
    assert lines["generation.writer"].startswith("openai:fake MOMENTUM_WRITER Writer")
    assert lines["generation.draft_writer"].startswith("(empty) default")


def test_a_setting_is_set_and_unset(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    _run("set", "payments.promotion_codes", "no")
    assert current(PaymentSettings).promotion_codes is False

    _run("unset", "payments.promotion_codes")
    assert current(PaymentSettings).promotion_codes is True

    assert capsys.readouterr().out == (
        "payments.promotion_codes is false now.\npayments.promotion_codes is true now.\n"
    )


def test_a_value_that_is_not_used_is_listed_as_wrong(
    db: None, site_settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    StoredSection.objects.create(name="payments", values={"premium_grace_days": 99})
    site_settings.ask_again()

    _run("list")

    assert (
        "    WRONG: another value is stored, but it must be a number from 0 to 60.\n"
        in capsys.readouterr().out
    )


def test_what_cant_be_is_refused(db: None, site_settings: Any) -> None:
    site_settings.by_environment(GenerationSettings, writer="openai:fake")

    with pytest.raises(RefusedError, match="grace is no setting"):
        _run("set", "grace", "3")
    with pytest.raises(InvalidError, match="Nothing was changed"):
        _run("unset", "payments.grace")
    with pytest.raises(InvalidError, match="Nothing was changed"):
        _run("set", "payments.premium_grace_days", "-1")
    with pytest.raises(ConflictError, match="These settings are set in the environment"):
        _run("set", "generation.writer", "extractive")

    assert not any(row.values for row in StoredSection.objects.all())
