from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The unique constraint begins with the learner, too."""

    dependencies = [
        ("engagement", "0006_calendar"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField(
            "Award",
            "user",
            models.ForeignKey(
                db_index=False,
                on_delete=models.deletion.CASCADE,
                related_name="awards",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
