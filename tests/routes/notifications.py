"""What people are told, and what they choose about it."""

from tests.routes.route import NOBODY, OWN, OWN_POST, SIGN_IN, Route, in_state, of

OF_LEARNER = of("notification_id", "notification.id")
# Nobody else has it.
LEARNERS = (SIGN_IN, 302, 404, 404)
HOURS = {"reminder_at": "08:00", "quiet_from": "22:00", "quiet_until": "07:00", "daily_cap": "3"}

ROUTES: dict[str, Route] = {
    "notifications:inbox": Route(get=OWN),
    "notifications:archive": Route(get=OWN),
    "notifications:opening": Route(post=LEARNERS, kwargs=OF_LEARNER),
    "notifications:state": Route(post=LEARNERS, kwargs=OF_LEARNER, data=in_state("archived")),
    "notifications:state-of-all": Route(post=OWN_POST, data=in_state("read")),
    "notifications:preferences": Route(get=OWN, post=OWN_POST, data=lambda world: HOURS),
    "notifications:emails": Route(post=OWN_POST, data=in_state("off")),
    "notifications:reminder": Route(post=OWN_POST, data=lambda world: {"reminder_at": "09:00"}),
    # A token of ours is in tests/notifications/test_unsubscribe.py.
    "notifications:unsubscribe": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"token": "no-such-token"}),
}  # fmt: skip
