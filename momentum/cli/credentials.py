"""The accounts of the demonstration: made up once, kept where only the owner can read them."""

import json
import os
import secrets
import string
from pathlib import Path

NAME = "credentials.json"
Credentials = dict[str, dict[str, str]]


def read(home: Path) -> Credentials | None:
    """Return what `write` kept, or None."""
    try:
        kept: Credentials = json.loads((home / NAME).read_text())
    except FileNotFoundError:
        return None
    return kept


def write(home: Path, credentials: Credentials) -> None:
    """Keep the accounts under `home`, readable by its owner alone."""
    home.mkdir(parents=True, exist_ok=True)
    draft = home / f"{NAME}.new"
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        json.dump(credentials, stream, indent=2)
        stream.write("\n")
    draft.replace(home / NAME)


def new_password() -> str:
    """Return a password that the rules for passwords accept and a person can type."""
    letters = [secrets.choice(string.ascii_lowercase) for _ in range(8)]
    words = "".join(letters[:4]).capitalize(), "".join(letters[4:])
    return f"{words[0]}-{words[1]}-{secrets.randbelow(9000) + 1000}"
