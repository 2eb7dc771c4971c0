from django.db import migrations


def pair(apps, schema_editor):
    """What was declined, was declined by somebody who lives by the zone of their profile."""
    people = apps.get_model("accounts", "User").objects.exclude(time_zones_declined=[])
    for person in people.only("time_zone", "time_zones_declined").iterator():
        person.time_zones_declined = [[zone, person.time_zone] for zone in person.time_zones_declined]
        person.save(update_fields=["time_zones_declined"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_time_zones_declined")]

    operations = [migrations.RunPython(pair, migrations.RunPython.noop)]
