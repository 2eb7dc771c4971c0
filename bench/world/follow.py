"""What would have followed from all that happened: standings and badges, the search index, recommendations.

The product's own code works it out, for everybody at once instead of event by event.
"""

from collections.abc import Callable
from itertools import batched

from django.utils import timezone

_AT_ONCE = 2_000


def follow(report: Callable[[str], None]) -> None:
    """Work everything out that isn't there yet."""
    from momentum.recommendation.actions import choose_for_everybody
    from momentum.search.actions import rebuild

    _stand()
    report("           standings and badges")
    rebuild()
    report("           what can be found")
    choose_for_everybody()
    report("           recommendations")


def _stand() -> None:
    from momentum.engagement.models import Award, Standing
    from momentum.engagement.recount import Difference, differences

    def standing(one: Difference) -> Standing:
        earned = one.by_events
        made = Standing(
            user_id=one.user_id,
            points=earned.points,
            lessons=earned.facts.lessons,
            courses=earned.facts.courses,
            longest_course=earned.facts.longest_course,
            courses_in_time=earned.facts.courses_in_time,
            most_in_a_day=earned.facts.most_in_a_day,
        )
        made.keep(earned.streak)
        return made

    now = timezone.now()
    for some in batched(list(differences()), _AT_ONCE):
        Standing.objects.bulk_create([standing(one) for one in some])
        Award.objects.bulk_create(
            Award(user_id=one.user_id, badge=badge, at=now, seen_at=now)
            for one in some
            for badge in sorted(one.by_events.badges)
        )
