"""The queues that mail goes by: its own, so that a mail server that is away keeps nothing else waiting."""

MAIL = "mail"
# Whoever waits in front of a screen for a link doesn't wait behind a thousand newsletters.
URGENT_MAIL = "urgent-mail"
