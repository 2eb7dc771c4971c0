from django.conf import settings
from django.db import migrations, models


def _user(related_name: str) -> "models.ForeignKey":
    return models.ForeignKey(
        db_index=False,
        on_delete=models.deletion.CASCADE,
        related_name=related_name,
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    """Unique constraints that begin with the learner find them as well: each row had to be put into both."""

    dependencies = [
        ("learning", "0010_idempotency_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField("Progress", "user", _user("progress")),
        migrations.AlterField("LearningDay", "user", _user("learning_days")),
        migrations.AlterField("IdempotencyKey", "user", _user("idempotency_keys")),
    ]
