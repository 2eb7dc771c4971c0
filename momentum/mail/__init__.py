"""Mail: the outbox, which is also the log; how a letter is written and looks; files in the place of a mail server."""
