"""Every column says whether it is about somebody."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from momentum.accounts.models import User
from momentum.core.declarations import declared
from momentum.core.personal_data import Leaving
from momentum.privacy.queries.registry import tables

# What tests bring along.
MODELS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if not model.__module__.startswith("tests.") and not model._meta.proxy
]


def _columns(model: Any) -> list[str]:
    return [field.name for field in model._meta.get_fields() if field.concrete and not field.many_to_many]


def test_the_registry_has_every_table_and_no_other() -> None:
    assert set(tables()) == {model._meta.label for model in MODELS}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_column_is_of_one_kind(model: Any) -> None:
    columns = tables()[model._meta.label].columns

    assert sorted(columns) == sorted(_columns(model))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_whoever_a_row_names_is_found_or_forgotten(model: Any) -> None:
    table = tables()[model._meta.label]
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey) and field.related_model is User:
            if field.name in table.trace.split():
                assert field.null, field
            else:
                assert field.name in table.owners, field
                assert field.null or table.leaving != Leaving.UNLINKED, field


@pytest.mark.parametrize("label", tables())
def test_a_table_about_somebody_says_whom_and_others_hold_nothing_of_them(label: str) -> None:
    table = tables()[label]

    assert table.is_personal == bool(table.mine or table.hidden)
    if table.leaving == Leaving.ANONYMISED:
        assert set(table.owners) <= set(table.mine.split())


# What libraries brought is declared by the app that uses them.
LIBRARIES = {"account", "auth", "contenttypes", "mfa", "socialaccount"}


def test_each_app_declares_its_own_tables() -> None:
    for app, module in declared("personal").items():
        labels = {label.partition(".")[0] for label in module.PERSONAL}
        assert labels - LIBRARIES == {app}
