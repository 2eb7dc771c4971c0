"""What pages and the API show of learning: plain values, each gathered in a constant number of queries."""

from momentum.learning.queries.action_items import action_item_for
from momentum.learning.queries.course import CoursePage, VisitorState, course_page, visible_course
from momentum.learning.queries.dashboard import Dashboard, DashboardCourse, dashboard, lead
from momentum.learning.queries.home import Figures, figures, on_front, sample_of, shelves
from momentum.learning.queries.learning_days import LearnedDay, last_seven
from momentum.learning.queries.lesson import LessonPage, lesson_for, lesson_page, question_for
from momentum.learning.queries.places import own_places, places_in
from momentum.learning.queries.public_course import newest_beside, public_course
from momentum.learning.queries.public_lesson import public_lesson
from momentum.learning.queries.questions import Check
from momentum.learning.queries.syllabus import (
    LessonState,
    Line,
    States,
    SyllabusRow,
    minutes_of,
    rows_in,
    states_of,
)
from momentum.learning.queries.watching import Watching, watching

__all__ = [
    "Check",
    "CoursePage",
    "Dashboard",
    "DashboardCourse",
    "Figures",
    "LearnedDay",
    "LessonPage",
    "LessonState",
    "Line",
    "States",
    "SyllabusRow",
    "VisitorState",
    "Watching",
    "action_item_for",
    "course_page",
    "dashboard",
    "figures",
    "last_seven",
    "lead",
    "lesson_for",
    "lesson_page",
    "minutes_of",
    "newest_beside",
    "on_front",
    "own_places",
    "places_in",
    "public_course",
    "public_lesson",
    "question_for",
    "rows_in",
    "sample_of",
    "shelves",
    "states_of",
    "visible_course",
    "watching",
]
