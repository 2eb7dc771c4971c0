from django.db import migrations

# Events of before there were streaks don't say which day it was for the learner: that of their zone now, as near as
# can be told. Nor how many days a finished course has.
DATES = """
update events_event as event
set data = event.data || jsonb_build_object('date', to_char(event.at at time zone person.time_zone, 'YYYY-MM-DD'))
from accounts_user as person
where person.id = event.actor_id and event.name = 'lesson.completed' and not event.data ? 'date'
"""
LENGTHS = """
update events_event as event
set data = event.data || jsonb_build_object('days', course.duration_days)
from catalog_course as course
where course.id = event.subject_id and event.name = 'course.completed' and not event.data ? 'days'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0001_initial"),
        ("events", "0001_initial"),
        ("accounts", "0001_initial"),
        ("catalog", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(DATES, migrations.RunSQL.noop),
        migrations.RunSQL(LENGTHS, migrations.RunSQL.noop),
    ]
