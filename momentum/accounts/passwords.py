"""What a password must hold."""

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


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
