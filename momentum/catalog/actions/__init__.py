"""What administrators do to the catalogue. Every action checks permission, is atomic and records an event."""

from momentum.catalog.actions.attachments import missing_pictures
from momentum.catalog.actions.courses import (
    CourseFields,
    archive_course,
    create_course,
    delete_course,
    edit_course,
    publish_course,
    withdraw_course,
)
from momentum.catalog.actions.lessons import (
    LessonFields,
    add_lesson,
    delete_lesson,
    edit_lesson,
    move_lesson,
    publish_lesson,
    reorder_lessons,
    withdraw_lesson,
)
from momentum.catalog.actions.sources import close_source, open_source
from momentum.catalog.actions.transfer import (
    duplicate_course,
    export_course,
    import_course,
    save_course_file,
)
from momentum.catalog.actions.videos import remove_video, set_video

__all__ = [
    "CourseFields",
    "LessonFields",
    "add_lesson",
    "archive_course",
    "close_source",
    "create_course",
    "delete_course",
    "delete_lesson",
    "duplicate_course",
    "edit_course",
    "edit_lesson",
    "export_course",
    "import_course",
    "missing_pictures",
    "move_lesson",
    "open_source",
    "publish_course",
    "publish_lesson",
    "remove_video",
    "reorder_lessons",
    "save_course_file",
    "set_video",
    "withdraw_course",
    "withdraw_lesson",
]
