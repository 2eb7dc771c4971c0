"""What reading a file may take."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Of one file: its bytes and pages; bytes of memory and seconds of a processor, of the process that reads it.

    The defaults are enough for an ordinary file of hundreds of pages.
    """

    bytes: int = 50 * 1024 * 1024
    pages: int = 2000
    memory: int = 512 * 1024**2
    seconds: int = 20
