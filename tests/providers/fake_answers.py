"""Answers of the fake models: what a good model would say to our prompts, made from their own data.

They read nothing but the request, as a model does: the form by its title, the days, and the lines of JSON.
"""

import json
import re
from collections.abc import Callable
from itertools import cycle, islice
from typing import Any

_SENTENCE = re.compile(r"[^\s•].*?[.!?](?=\s|$)", re.DOTALL)
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
_WORDS = 420  # of a lesson's sentences, beside what leads from one part to the next
PARTS = ("Why it matters", "What it is", "An example", "Try it", "What to keep")


def answer(form: str, text: str) -> dict[str, Any]:
    """Answer the request in `text` with the form of this title."""
    return _ANSWERS[form](text) if form in _ANSWERS else {"ready": True}


def _lines(text: str, key: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in text.splitlines() if line.startswith('{"')]
    return [line for line in found if key in line and "properties" not in line]  # one is the form


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
        lessons.append(
            {
                "title": name,
                "summary": f"What day {day} is about.",
                "objectives": [f"Explain day {day}"],
                "sources": sources,
            }
        )
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
        "terms": [{"term": f"Term {lesson['day']}", "meaning": f"What day {lesson['day']} is named after."}],
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
    said = [_sentence(words, number) for number, words in cited] or [
        _sentence(f"This is a sentence about {title.lower()} with number {number} in it.", None)
        for number in range(1, 13)
    ]
    sentences, words = [], 0
    for sentence in cycle(said):
        if words >= _WORDS:
            break
        sentences.append(sentence)
        words += len(sentence["text"].split())
    size = max(1, -(-len(sentences) // len(PARTS)))
    hook, concept, example, practice, recap = [
        {
            "heading": heading,
            "sentences": [
                _link(f"Here is {heading.lower()}."),
                *_broken(list(islice(sentences, at * size, (at + 1) * size))),
            ],
        }
        for at, heading in enumerate(PARTS)
    ]
    return {
        "title": title,
        "summary": f"What there is to know about {title}.",
        "key_points": said[:3],
        "hook": hook,
        "concept": [concept],
        "example": example,
        "practice": practice,
        "recap": recap,
        "action_items": [
            {"text": "Write down the one thing you want to remember.", "note": "One line will do."}
        ],
    }


def _questions(text: str) -> list[dict[str, Any]]:
    """Questions whose right answers stand in the lesson, so that whoever reads it finds them."""
    found = re.search(r"for the lesson “(.*)”, level", text)
    title = found[1] if found else "A lesson"
    passage = next((line["passage"] for line in _lines(text, "passage")), None)
    return [
        {
            "kind": "single",
            "prompt": f"Which part of “{title}” comes first?",
            "right": [PARTS[0]],
            "wrong": ["Who is afraid", "How to be rich"],
            "explanation": "The lesson begins with it.",
            "passage": passage,
        },
        {
            "kind": "order",
            "prompt": "In which order do the parts of the lesson come?",
            "right": list(PARTS[:4]),
            "explanation": "Each rests on the one before.",
            "passage": passage,
        },
        {
            "kind": "short",
            "prompt": "What is this lesson called?",
            "right": [title],
            "explanation": "That is its title.",
        },
    ]


def _solution(question: dict[str, Any], text: str) -> dict[str, Any]:
    lesson = _lines(text, "heading")
    headings = [line["heading"] for line in lesson]
    choices = question.get("choices", {})
    known = [letter for letter, choice in choices.items() if choice in headings]
    if question["kind"] == "order":
        known.sort(key=lambda letter: headings.index(choices[letter]))
    title = next((line["title"] for line in _lines(text, "title")), "")
    return {"question": question["question"], "letters": known, "words": "" if choices else title}


def _points(page: dict[str, Any]) -> list[dict[str, Any]]:
    sentences = [" ".join(found.split()) for found in _SENTENCE.findall(page["text"])]
    return [
        {
            "page": page["page"],
            "topic": " ".join(sentence.split()[:4]),
            "says": sentence,
            "quote": sentence,
            "terms": [],
        }
        for sentence in sentences[:2]
    ]


def _sentence(text: str, passage: int | None) -> dict[str, Any]:
    quote = "" if passage is None else text
    return {"text": text, "passage": passage, "quote": quote, "role": "text", "new_paragraph": False}


def _link(text: str) -> dict[str, Any]:
    return {"text": text, "passage": None, "quote": "", "role": "link", "new_paragraph": True}


def _broken(sentences: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [sentence | {"new_paragraph": at % 4 == 3} for at, sentence in enumerate(sentences)]


_ANSWERS: dict[str, Callable[[str], dict[str, Any]]] = {
    "OutlineAnswer": _outline,
    "BriefsAnswer": lambda text: {"briefs": [_brief(line) for line in _lines(text, "day")]},
    "LessonAnswer": _lesson,
    "QuestionsAnswer": lambda text: {"questions": _questions(text)},
    "SolutionsAnswer": lambda text: {"answers": [_solution(line, text) for line in _lines(text, "question")]},
    "ClaimsAnswer": lambda text: {
        "verdicts": [{"claim": line["claim"], "verdict": "yes"} for line in _lines(text, "claim")]
    },
    "MapAnswer": lambda text: {
        "points": [point for line in _lines(text, "page") for point in _points(line)][:12]
    },
}
