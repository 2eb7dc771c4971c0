"""The queue that mail goes by: its own, so that a mail server that is away keeps nothing else waiting."""

MAIL = "mail"
