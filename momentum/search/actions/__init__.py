"""Keeping what can be found as the catalogue is, and the log of what was looked for."""

from momentum.search.actions.index import catch_up, follow_course, follow_learners, index, rebuild
from momentum.search.actions.log import count_phrases, forget_old, note_click, note_search, token

__all__ = [
    "catch_up",
    "count_phrases",
    "follow_course",
    "follow_learners",
    "forget_old",
    "index",
    "note_click",
    "note_search",
    "rebuild",
    "token",
]
