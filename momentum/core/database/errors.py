"""What can go wrong, in a sentence for the person at the keyboard."""


class PostgresError(Exception):
    """The database cannot do what was asked; the message says why and what to do about it."""
