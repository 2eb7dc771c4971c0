"""The names of writers: "extractive", or a model's with the protocol in front of it; and how models are asked."""

from typing import Literal, get_args

from momentum.providers.writer import EXTRACTIVE

type Wire = Literal["anthropic", "bedrock", "openai"]
# How a model gives an answer of a certain form: by calling a tool; as JSON that its server holds to a schema; as JSON
# that it was asked for in words. "auto" is the first for vendors, and for others' servers the second, else the third.
type OutputMode = Literal["auto", "tool", "schema", "text"]


def is_writer(name: str) -> bool:
    """Say whether there may be a writer of this name. Only asking it tells whether there is."""
    return name == EXTRACTIVE or taken_apart(name) is not None


def taken_apart(name: str) -> tuple[Wire, str] | None:
    """Return the protocol and the model in "bedrock:ID", whose id may hold colons; None for any other name."""
    protocol, _, model = name.partition(":")
    wire: Wire | None = next((known for known in get_args(Wire.__value__) if known == protocol), None)
    return (wire, model.strip()) if wire and model.strip() else None
