"""The key that signs sessions and links, made once for an installation that sets none."""

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """Return the key kept in `home/secret.key`, making it (readable by its owner alone) the first time."""
    file = home / "secret.key"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        draft = home / f"secret.key.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(48))
        try:
            # Two processes may start at once: the first link wins, and both read the same key.
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()


def replace_key(home: Path, key: str) -> None:
    """Keep this key in `home/secret.key`, and the one that was there in `secret.key.before`."""
    file, draft = home / "secret.key", home / f"secret.key.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(key)
    if file.exists():
        file.replace(home / "secret.key.before")
    draft.replace(file)
