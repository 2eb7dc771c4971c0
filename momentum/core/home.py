"""Where this installation keeps its things: database, uploads, mail, keys."""

from pathlib import Path

from momentum.core import environment


def home() -> Path:
    """Return MOMENTUM_HOME; by default `var/`, in the working copy or else where the command was given."""
    checkout = Path(__file__).resolve().parents[2]
    base = checkout if (checkout / "pyproject.toml").exists() else Path.cwd()
    return environment.path("MOMENTUM_HOME", base / "var")


def database_folder() -> Path:
    """Return the folder of the embedded PostgreSQL."""
    return home() / "postgres"
