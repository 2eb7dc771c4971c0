"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import OWNER, ROW, Table

PERSONAL: dict[str, Table] = {
    "engagement.LearnerStats": Table(
        owners=OWNER,
        mine="user points lessons courses longest_course courses_in_time most_in_a_day streak_days streak_row "
        "streak_first streak_last streak_rested_on streak_longest updated_at",
    ),
    "engagement.LessonCalendar": Table(
        owners=OWNER, mine="user created_at", hidden="seed address_hash", plain="id updated_at",
    ),
    "engagement.Award": Table(owners=OWNER, mine="user badge at seen_at showcased", plain=ROW),
}  # fmt: skip
