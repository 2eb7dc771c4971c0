"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import ROW, Table

PERSONAL: dict[str, Table] = {
    "studio.Job": Table(
        trace="actor",
        plain=f"{ROW} number title topic audience level language tone days category tier writer fingerprint counted "
        "free_preview look_first outline_first days_open outline_edits approved_micros asked_at status attempt "
        "outline course rating rating_note cancel_requested error_code error started_at "
        "finished_at",
    ),
    "studio.JobLesson": Table(
        plain=f"{ROW} job day title status brief draft words attempts error lesson started_at finished_at"
    ),
    "studio.LessonReading": Table(trace="reviewer", plain=f"{ROW} job_lesson last_at seconds"),
    "studio.Proposal": Table(
        trace="actor decided_by",
        plain=f"{ROW} job_lesson note part base_version status draft attempts error decided_at",
    ),
    "studio.ModelCall": Table(
        plain=f"{ROW} job proposal step day key model status requests input_tokens output_tokens cache_read_tokens "
        "cache_write_tokens reserved_micros usd_micros price_version prompt_version request_ids settled_at"
    ),
    "studio.KeptAnswer": Table(plain=f"{ROW} job proposal key answer"),
    "studio.LogLine": Table(plain=f"{ROW} job at level text day"),
    "studio.Reference": Table(
        plain=f"{ROW} job position title file sha256 bytes format unit pages words notes days error version "
        "current"
    ),
    "studio.ReferencePicture": Table(plain=f"{ROW} reference name file"),
    "studio.ReferenceText": Table(plain="reference document"),
    "studio.Revision": Table(
        trace="actor", plain=f"{ROW} reference replaces status error pages lessons finished_at"
    ),
    "studio.LessonChange": Table(
        trace="decided_by",
        plain=f"{ROW} revision job_lesson position kind old new decision decided_at released_at",
    ),
    "studio.Step": Table(plain=f"{ROW} job name position status detail attempts error started_at finished_at"),
}  # fmt: skip
