"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import OWNER, ROW, Table

PERSONAL: dict[str, Table] = {
    "learning.Enrolment": Table(
        owners=OWNER, mine="user course status origin enrolled_at completed_at taken_at", plain=ROW
    ),
    "learning.Progress": Table(
        owners=OWNER,
        mine="user lesson started_at completed_at seconds video_position positioned_at",
        plain=ROW,
    ),
    "learning.Tick": Table(owners=OWNER, mine="user action_item created_at", plain="id updated_at"),
    "learning.Answer": Table(
        owners=OWNER, mine="user question attempt given right at", plain=f"{ROW} sent_as"
    ),
    "learning.IdempotencyKey": Table(owners=OWNER, mine="user created_at", hidden="digest key", plain="id updated_at"),
    "learning.LearningDay": Table(owners=OWNER, mine="user date seconds lessons finished_at zone", plain=ROW),
    "learning.ReadingClock": Table(owners=OWNER, mine="user lesson beat_at"),
    "learning.Review": Table(
        owners=OWNER,
        mine="user course stars text signed status reason published_at written_at",
        trace="moderated_by",
        plain=f"{ROW} version",
    ),
    "learning.AwaitedPayment": Table(owners=OWNER, mine="user course created_at", plain="id updated_at order"),
    "learning.Certificate": Table(
        owners=("enrolment__user",),
        mine="number learner_name course_title days finished_on issued_at status reason decided_at",
        trace="decided_by",
        plain=f"{ROW} enrolment",
    ),
}  # fmt: skip
