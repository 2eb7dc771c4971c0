"""The catalogue: categories, courses and what their lessons are made of."""

from momentum.catalog.models.action_item import ActionItem
from momentum.catalog.models.category import Category
from momentum.catalog.models.course import LATEST, Access, Course, Level, Provenance, Rhythm
from momentum.catalog.models.course import Status as CourseStatus
from momentum.catalog.models.course_update import CourseUpdate, LessonUpdate
from momentum.catalog.models.edition import Edition
from momentum.catalog.models.lesson import Lesson
from momentum.catalog.models.lesson import Status as LessonStatus
from momentum.catalog.models.prefetching import gather_parts, row_of
from momentum.catalog.models.question import Question, QuestionKind
from momentum.catalog.models.resource import Resource
from momentum.catalog.models.source import Source
from momentum.catalog.models.video import Video

__all__ = [
    "LATEST",
    "Access",
    "ActionItem",
    "Category",
    "Course",
    "CourseStatus",
    "CourseUpdate",
    "Edition",
    "Lesson",
    "LessonStatus",
    "LessonUpdate",
    "Level",
    "Provenance",
    "Question",
    "QuestionKind",
    "Resource",
    "Rhythm",
    "Source",
    "Video",
    "gather_parts",
    "row_of",
]
