"""Kinds of mail about something that exists nowhere: for what an administrator tries out."""

from typing import Any

from momentum.mail.domain.kinds import EmailKind


def variables(kind: EmailKind) -> dict[str, str]:
    """Return the words that an edited text of this kind may use, each with what it is in the sample."""
    return dict(kind.write(**kind.sample()).values)


def sample_about(kind: EmailKind, person: Any) -> dict[str, Any]:  # noqa: ANN401 - a user, whose app stands above
    """Return what the sample is written from, with this person in the place of whoever was made up."""
    said = kind.sample()
    for name, value in said.items():
        if isinstance(value, type(person)):
            said[name] = person
        elif name == "name":
            said[name] = person.display_name
    return said
