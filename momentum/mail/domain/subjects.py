"""Subjects that fit a line of a mailbox."""

LONGEST = 78  # as RFC 5322 recommends for a line; phones show about half of it


def fitting(said: str, **values: str | int) -> str:
    """Return a subject, such as "Day 4: %(lesson)s", with its longest value cut where it is too long for a line."""
    filled = {name: " ".join(one.split()) if isinstance(one, str) else one for name, one in values.items()}
    subject = said % filled
    if len(subject) <= LONGEST:
        return subject
    texts = {name: one for name, one in filled.items() if isinstance(one, str)}
    longest = max(texts, key=lambda name: len(texts[name]), default="")
    room = len(texts.get(longest, "")) - (len(subject) - LONGEST)
    if room < 2:
        return shortened(subject, LONGEST)
    return said % {**filled, longest: shortened(texts[longest], room)}


def shortened(text: str, length: int) -> str:
    """Return at most so many characters of a text, cut between words, with three dots where some are missing."""
    if len(text) <= length:
        return text
    cut = text[: max(1, length - 1)]
    whole, space, _rest = cut.rpartition(" ")
    return f"{(whole if space and len(whole) * 2 > len(cut) else cut).rstrip(' ,;:–-')}…"
