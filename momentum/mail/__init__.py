"""Mail: the outbox, which is also the log; how an email is written and looks; files in the place of a mail server."""
