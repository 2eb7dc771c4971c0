"""Answers of the fake models: what a good model would say to our three prompts, made from their own data.

They read nothing but the request, as a model does: the form by its title, the days, and the lines of JSON.
"""

import json
import re
from typing import Any

_SENTENCE = re.compile(r"[^\s•].*?[.!?](?=\s|$)", re.DOTALL)
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def answer(form: str, text: str) -> dict[str, Any]:
    """Answer the request in `text` with the form of this title."""
    if form == "OutlineAnswer":
        return _outline(text)
    if form == "BriefsAnswer":
        return {"briefs": [_brief(line) for line in _lines(text, "day")]}
    if form == "LessonAnswer":
        return _lesson(text)
    return {"ready": True}


def _lines(text: str, key: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return [line for line in found if key in line]


def _field(text: str, name: str) -> str:
    found = re.search(rf"^- {name}: (.*)$", text, re.MULTILINE)
    return found[1] if found else ""


def _outline(text: str) -> dict[str, Any]:
    found = re.search(r"exactly (\d+) lessons", text)
    days = int(found[1]) if found else 1
    topic, title = _field(text, "Topic"), _field(text, "Title")
    documents, headings = _lines(text, "pages"), _lines(text, "heading")
    lessons = []
    for day in range(1, days + 1):
        sources, name = [], f"{_ordinal(day)} steps: {topic}"[:80]
        if documents:
            document = documents[(day - 1) * len(documents) // days]
            pages = document["pages"]
            first = min(pages, (day - 1) * pages // days + 1)
            last = max(first, min(pages, day * pages // days))
            sources = [{"document": document["document"], "first_page": first, "last_page": last}]
            inside = [h["heading"] for h in headings if first <= h["page"] <= last]
            name = f"{inside[0]}, part {day}" if inside else f"Pages {first} to {last}, part {day}"
        lessons.append({"title": name, "summary": f"What day {day} is about.", "sources": sources})
    return {
        "title": topic.capitalize() if title == "choose one" else title,
        "summary": f"{days} short lessons, one a day.",
        "description": "A short course.\n\nIt has something to do every day.",
        "outcomes": ["Explain the main ideas", "Use them the same day"],
        "lessons": lessons,
    }


def _ordinal(day: int) -> str:
    return _ORDINALS[day - 1] if day <= len(_ORDINALS) else f"Day {day}"


def _brief(lesson: dict[str, Any]) -> dict[str, Any]:
    return {
        "day": lesson["day"],
        "goal": f"Know what “{lesson['title']}” is about.",
        "points": lesson.get("headings", [])[:6] or ["What it is", "Why it matters", "How to begin"],
    }


def _lesson(text: str) -> dict[str, Any]:
    found = re.search(r"lesson of day \d+ of \d+: (.*)", text)
    title = found[1] if found else "A lesson"
    cited = [
        (line["passage"], " ".join(sentence.split()))
        for line in _lines(text, "passage")
        for sentence in _SENTENCE.findall(line["text"])
        if 5 <= len(sentence.split()) <= 40
    ]
    sentences = [_sentence(words, number) for number, words in cited[:36]] or [
        _sentence(f"This is sentence {number} about {title.lower()}.", None) for number in range(1, 13)
    ]
    half = max(1, len(sentences) // 2)
    parts = [part for part in (sentences[:half], sentences[half:]) if part]
    return {
        "title": title,
        "summary": f"What there is to know about {title}.",
        "key_points": sentences[:3],
        "sections": [
            {
                "heading": heading,
                "sentences": [_link(f"Here is {heading.lower()}."), *_broken(part)],
            }
            for heading, part in zip(("How it begins", "How it goes on"), parts, strict=False)
        ],
        "action_items": [
            {"text": "Write down the one thing you want to remember.", "note": "One line will do."}
        ],
        "questions": [
            {
                "kind": "single",
                "prompt": "What is this lesson about?",
                "choices": [title, "Something else", "Nothing at all"],
                "answer": [0],
                "explanation": "Its title says so.",
                "passage": sentences[0]["passage"],
            },
            {"kind": "short", "prompt": "How many lessons are there a day?", "accepted": ["one", "1"]},
        ],
    }


def _sentence(text: str, passage: int | None) -> dict[str, Any]:
    return {"text": text, "passage": passage, "role": "text", "new_paragraph": False}


def _link(text: str) -> dict[str, Any]:
    return {"text": text, "passage": None, "role": "link", "new_paragraph": True}


def _broken(sentences: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [sentence | {"new_paragraph": at % 4 == 3} for at, sentence in enumerate(sentences)]
