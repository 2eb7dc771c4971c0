"""Files of a video as a provider hands them over."""

from pathlib import Path

from momentum.providers.video import Chapter, Files

MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nLow tide.\n"


def generated_files(folder: Path, *, said: bytes = b"Low tide") -> Files:
    """Return a video with captions, a poster and a larger rendition; `said` makes it differ from another."""
    named = {
        "video.mp4": MP4 + said,
        "video.vtt": VTT,
        "poster.webp": b"RIFF" + said,
        "1080.mp4": MP4 + said * 2,
    }
    for name, data in named.items():
        (folder / name).write_bytes(data)
    return Files(
        video=folder / "video.mp4",
        captions=folder / "video.vtt",
        poster=folder / "poster.webp",
        renditions={1080: folder / "1080.mp4"},
        chapters=(Chapter(0, "Tides"), Chapter(41.5, "Why they come late")),
        seconds=61.2,
    )
