"""The studio: jobs, what they read and wrote, and what that cost."""

from momentum.studio.models.job import Job
from momentum.studio.models.job_lesson import JobLesson
from momentum.studio.models.kept_answer import KeptAnswer
from momentum.studio.models.lesson_reading import LessonReading
from momentum.studio.models.log_line import LogLine
from momentum.studio.models.model_call import ModelCall
from momentum.studio.models.proposal import Proposal
from momentum.studio.models.reference import Reference, ReferencePicture, ReferenceText
from momentum.studio.models.revision import LessonChange, Revision
from momentum.studio.models.step import Step

__all__ = [
    "Job",
    "JobLesson",
    "KeptAnswer",
    "LessonChange",
    "LessonReading",
    "LogLine",
    "ModelCall",
    "Proposal",
    "Reference",
    "ReferencePicture",
    "ReferenceText",
    "Revision",
    "Step",
]
