"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import ROW, Table

PERSONAL: dict[str, Table] = {
    "catalog.Category": Table(plain=f"{ROW} name slug description icon position active"),
    "catalog.Course": Table(
        trace="reviewed_by",
        plain=f"{ROW} title slug summary description outcomes category duration_days level language thumbnail "
        "cover_seed status access price_minor currency provenance rhythm in_sequence featured lessons_by_mail "
        "open_sources published_at "
        "enrolment_count stars_1 stars_2 stars_3 stars_4 stars_5 rating_count rating_sum version",
    ),
    "catalog.Lesson": Table(
        plain=f"{ROW} course day title slug summary content key_points minutes status preview version removed unread"
    ),
    "catalog.ActionItem": Table(plain=f"{ROW} position lesson text note removed"),
    "catalog.Resource": Table(plain=f"{ROW} position lesson title url"),
    "catalog.Question": Table(
        plain=f"{ROW} position lesson kind prompt choices answer tolerance explanation page page_label removed"
    ),
    "catalog.Source": Table(plain=f"{ROW} position lesson number title page page_label page_unit quote"),
    "catalog.Edition": Table(plain="course changed_at content"),
    "catalog.CourseUpdate": Table(plain=f"{ROW} course published_at reason"),
    "catalog.LessonUpdate": Table(plain=f"{ROW} update lesson changes"),
    "catalog.Video": Table(
        plain=f"{ROW} lesson course file media_type captions poster seconds width height chapters renditions "
        "generated_by"
    ),
}  # fmt: skip
