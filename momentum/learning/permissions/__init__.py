"""Who may open a lesson, and from when on.

When a lesson opens, in a course with one a day:

- The lesson of day 1 is open from the moment its learner enrols. That of day N opens N - 1 days later, at midnight.
- The days are those of the learner's own calendar: of the zone in their profile, as it is when they ask. A learner who
  moves to another zone takes all of it along, the day they enrolled on too; so a lesson may come a day sooner or later
  than it would have at home, never more, and nobody can gain a second day by moving on.
- What they have begun stays open to them for good, wherever they go, and also when the rhythm of the course changes.
- Days go by while a learner is away. Those who leave the course and come back find open what has opened meanwhile.
- The number of the day counts, not its place among the lessons: one that is taken back leaves a day without a lesson,
  and the others don't move.
- Free previews are open to everybody, and everything is to administrators.
- Learners who have finished the course may read whatever is added to it at once.

What learners read who are in a course that is taken back or put away: what it said when it was last published (its
`kept` edition), until it is published again. What is done to the draft meanwhile nobody sees but administrators.

What a place in a course costs:

- Free courses cost nothing. Premium ones are for learners with premium; a place there opens lessons for as long as
  they have it, and waits for them otherwise. Paid ones are bought one by one, and stay.
- A place is kept when the course's access changes later; one that was bought or given, also when its learner leaves.

`rule` states which of this decides, `lessons` says it of one lesson, `places` of a course.
"""

from momentum.learning.permissions.lessons import (
    can_open,
    enrolment_in,
    refusal,
    refusal_for,
    require_open,
    shown_to,
    with_begun,
)
from momentum.learning.permissions.places import can_see, has_lapsed, origin_of, require_access
from momentum.learning.permissions.rule import (
    Verdict,
    Visitor,
    day_to_come,
    has_premium,
    is_administrator,
    is_readable,
    open_lessons,
    verdict_on,
    with_verdict,
)

__all__ = [
    "Verdict",
    "Visitor",
    "can_open",
    "can_see",
    "day_to_come",
    "enrolment_in",
    "has_lapsed",
    "has_premium",
    "is_administrator",
    "is_readable",
    "open_lessons",
    "origin_of",
    "refusal",
    "refusal_for",
    "require_access",
    "require_open",
    "shown_to",
    "verdict_on",
    "with_begun",
    "with_verdict",
]
