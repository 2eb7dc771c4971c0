"""Sections of settings: pydantic models whose fields have a default, a label and, optionally, an environment variable.

An app declares its sections in `site_settings.py`, as `SECTIONS`:

    class PaymentSettings(Section):
        name = "payments"
        title = _("Payments")

        grace_days: Annotated[
            int, Field(ge=0, le=60), Setting(_("Days of grace"), variable="MOMENTUM_PREMIUM_GRACE_DAYS")
        ] = 7

    SECTIONS = (PaymentSettings,)
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Self, get_args

from django.utils.functional import Promise
from pydantic import (
    BaseModel,
    ConfigDict,
    PrivateAttr,
    Secret,
    SecretBytes,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic.fields import FieldInfo

from momentum.site.domain.expectations import gettext_noop, unmet

_SECRET_NAME = re.compile(r"(^|_)(secret|password|passphrase|token|key)$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Source(StrEnum):
    """Where the value of a field comes from. Later ones override earlier ones."""

    DEFAULT = "default"
    DATABASE = "database"
    ENVIRONMENT = "environment"


# Compared as objects: Annotated hashes it when it is declared, and words can't be translated as early as that.
@dataclass(frozen=True, eq=False)
class Setting:
    """How a field is presented, and what can override it.

    Args:
        label: its name on pages and on the command line.
        variable: the environment variable that overrides it. While that is set, the field can't be changed.
    """

    label: str | Promise
    variable: str = ""


class Section(BaseModel):
    """A group of related settings. An instance holds the values in force, and is immutable."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False, str_strip_whitespace=True
    )

    name: ClassVar[str]
    title: ClassVar[str | Promise]

    _sources: dict[str, Source] = PrivateAttr(default_factory=dict)
    _unusable: dict[str, str] = PrivateAttr(default_factory=dict)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 - pydantic's
        super().__pydantic_init_subclass__(**kwargs)
        for name, field in cls.model_fields.items():
            _refuse_bad_declaration(f"{cls.__name__}.{name}", name, field)

    @field_validator("*", mode="after")
    @classmethod
    def _one_line(cls, value: object) -> object:
        if isinstance(value, str) and _CONTROL.search(value):
            raise ValueError(gettext_noop("one line of text"))
        return value

    @classmethod
    def resolved(cls, *, stored: Mapping[str, Any], environment: Mapping[str, Any]) -> Self:
        """Return the values in force: from the environment, else from the database, else the defaults.

        A stored value that fails validation is ignored and listed in `unusable`. Stored fields that are no longer
        declared are ignored.

        Args:
            stored: values as they are in the database.
            environment: values read by `from_environment`, which are valid.
        """
        usable = {
            field: value
            for field, value in stored.items()
            if field in cls.model_fields and field not in environment
        }
        unusable: dict[str, str] = {}
        while True:
            try:
                section = cls.model_validate({**usable, **environment})
            except ValidationError as error:
                wrong = unmet(cls.model_fields, error)
                blamed = usable.keys() & wrong.keys() or set(usable)
                if not blamed:
                    raise
                for field in blamed:
                    unusable[field] = wrong.get(field) or next(iter(wrong.values()))
                    del usable[field]
            else:
                break
        section._sources = {  # noqa: SLF001 - its own
            **dict.fromkeys(cls.model_fields, Source.DEFAULT),
            **dict.fromkeys(usable, Source.DATABASE),
            **dict.fromkeys(environment, Source.ENVIRONMENT),
        }
        section._unusable = unusable  # noqa: SLF001 - its own
        return section

    @classmethod
    def settings(cls) -> dict[str, Setting]:
        """Return the `Setting` of each field, by the name of the field."""
        return {name: _setting(field) for name, field in cls.model_fields.items()}

    @property
    def sources(self) -> dict[str, Source]:
        """The source of each field's value."""
        return dict(self._sources)

    @property
    def locked(self) -> dict[str, str]:
        """The fields that are set in the environment and can't be changed here, each with its variable."""
        said = self.settings()
        return {
            field: said[field].variable
            for field, source in self._sources.items()
            if source == Source.ENVIRONMENT
        }

    @property
    def unusable(self) -> dict[str, str]:
        """The fields whose stored value is ignored, each with what it must be, such as "a number from 0 to 60"."""
        return dict(self._unusable)


def _setting(field: FieldInfo) -> Setting:
    return next(said for said in field.metadata if isinstance(said, Setting))


def _refuse_bad_declaration(where: str, name: str, field: FieldInfo) -> None:
    if _is_secret(field.annotation) or _SECRET_NAME.search(name):
        raise TypeError(f"{where} is a secret: those stay in the environment, and are declared nowhere else.")
    if field.is_required():
        raise TypeError(f"{where} needs a default.")
    if not any(isinstance(said, Setting) for said in field.metadata):
        raise TypeError(f"{where} needs a Setting with its label.")


def _is_secret(annotation: Any) -> bool:  # noqa: ANN401 - whatever may annotate
    if isinstance(annotation, type) and issubclass(annotation, SecretStr | SecretBytes | Secret):
        return True
    return any(_is_secret(inner) for inner in get_args(annotation))
