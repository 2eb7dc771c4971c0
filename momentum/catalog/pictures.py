"""Which uploads are pictures. SVG isn't one here: opened by itself it is a program on our own address."""

MAX_BYTES = 5 * 1024 * 1024


def kind_of(data: bytes) -> str | None:
    """Return `png`, `jpg` or `webp` by what the bytes say, whatever the file is called; None for all else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    return None
