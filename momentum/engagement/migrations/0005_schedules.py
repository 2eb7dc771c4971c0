"""Who took a course before is reminded, too: looked at from the next midnight on, so that nobody gets today's late."""

from django.db import migrations

SCHEDULES = """
    insert into notifications_schedulednotification (id, created_at, updated_at, user_id, kind, next_at)
    select gen_random_uuid(), now(), now(), learner.user_id, kind, date_trunc('day', now(), 'UTC') + interval '1 day'
      from (select distinct user_id from learning_enrolment where status <> 'cancelled') learner,
           unnest(array['engagement.lesson_reminder', 'engagement.streak_at_risk', 'engagement.win_back',
                        'recommendation.weekly', 'notifications.digest']) kind
    on conflict do nothing
"""


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0004_learner_stats"),
        ("learning", "0010_idempotency_keys"),
        ("notifications", "0001_initial"),
    ]
    operations = [migrations.RunSQL(SCHEDULES, migrations.RunSQL.noop)]
