from django.db import migrations

# Events of before zones were noted were counted by the profile's. Where that, as it is now, gives another date, the
# learner has moved since, and it stays unknown.
ZONES = """
update events_event as event
set data = event.data || jsonb_build_object('zone', person.time_zone)
from accounts_user as person
where person.id = event.actor_id and event.name = 'lesson.completed' and not event.data ? 'zone'
    and to_char(event.at at time zone person.time_zone, 'YYYY-MM-DD') = event.data ->> 'date'
"""
DAYS = """
update learning_learningday as day
set finished_at = first.at, zone = coalesce(first.zone, '')
from (
    select distinct on (actor_id, data ->> 'date') actor_id, (data ->> 'date')::date as date, at, data ->> 'zone' as zone
    from events_event
    where name = 'lesson.completed' and actor_id is not null
    order by actor_id, data ->> 'date', at, id
) as first
where first.actor_id = day.user_id and first.date = day.date and day.finished_at is null
"""


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0002_what_older_events_lack"),
        ("learning", "0008_when_days_were_lived"),
        ("events", "0001_initial"),
        ("accounts", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(ZONES, migrations.RunSQL.noop),
        migrations.RunSQL(DAYS, migrations.RunSQL.noop),
    ]
