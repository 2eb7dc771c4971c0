from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0003_zones_of_older_events"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RenameModel("Standing", "LearnerStats"),
        migrations.AlterField(
            "LearnerStats",
            "user",
            models.OneToOneField(
                on_delete=models.deletion.CASCADE,
                primary_key=True,
                related_name="learner_stats",
                serialize=False,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
