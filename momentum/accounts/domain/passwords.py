"""What a password must hold."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Rule(NamedTuple):
    """A rule that a page can tick off while a password is typed.

    `pattern` is a regular expression of JavaScript, with its flags s and u; it is a hint, and the validators decide.
    """

    label: str | Promise
    pattern: str


# As MixedCharacters and the shortest length in the settings.
RULES = (
    Rule(gettext_lazy("At least 8 characters"), "^.{8,}$"),
    Rule(gettext_lazy("An uppercase letter"), r"\p{Uppercase}"),
    Rule(gettext_lazy("A lowercase letter"), r"\p{Lowercase}"),
    Rule(gettext_lazy("A number"), r"\p{Nd}"),
    Rule(gettext_lazy("A symbol, such as ! or -"), r"[^\p{L}\p{N}\s]"),
)


class MixedCharacters:
    """Asks for an upper-case and a lower-case letter, a digit and a symbol; says which are missing."""

    def validate(self, password: str, user: object | None = None) -> None:
        missing = [
            ValidationError(sentence, code=f"password_no_{kind}")
            for kind, sentence, found in (
                ("upper", _("Add an uppercase letter."), any(c.isupper() for c in password)),
                ("lower", _("Add a lowercase letter."), any(c.islower() for c in password)),
                ("digit", _("Add a number."), any(c.isdigit() for c in password)),
                ("symbol", _("Add a symbol, such as ! or -."), any(_is_symbol(c) for c in password)),
            )
            if not found
        ]
        if missing:
            raise ValidationError(missing)

    def get_help_text(self) -> str | Promise:
        return gettext_lazy("Use an uppercase letter, a lowercase letter, a number and a symbol.")


def _is_symbol(character: str) -> bool:
    return not character.isalnum() and not character.isspace()
