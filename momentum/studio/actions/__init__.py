"""What administrators do in the studio. Every action checks permission, is atomic and records an event."""

from momentum.studio.actions.changes import Decided, accept_changes, decline_changes
from momentum.studio.actions.jobs import cancel_job, rate_job, resume_job, retry_lesson
from momentum.studio.actions.outlines import approve_outline, edit_outline
from momentum.studio.actions.preparation import begin_writing, change_job
from momentum.studio.actions.readings import note_reading
from momentum.studio.actions.review import (
    accept_proposal,
    approve_course,
    approve_lesson,
    regenerate_lesson,
    reject_proposal,
)
from momentum.studio.actions.start import Started, start_generation
from momentum.studio.actions.versions import put_in_version

__all__ = [
    "Decided",
    "Started",
    "accept_changes",
    "accept_proposal",
    "approve_course",
    "approve_lesson",
    "approve_outline",
    "begin_writing",
    "cancel_job",
    "change_job",
    "decline_changes",
    "edit_outline",
    "note_reading",
    "put_in_version",
    "rate_job",
    "regenerate_lesson",
    "reject_proposal",
    "resume_job",
    "retry_lesson",
    "start_generation",
]
