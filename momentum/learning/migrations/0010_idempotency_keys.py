from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0009_origin_labels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RenameModel("Change", "IdempotencyKey"),
        migrations.RenameField("IdempotencyKey", "client_id", "key"),
        migrations.AlterField(
            "IdempotencyKey",
            "user",
            models.ForeignKey(
                on_delete=models.deletion.CASCADE,
                related_name="idempotency_keys",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RenameIndex("IdempotencyKey", new_name="idempotency_key_made", old_name="change_made"),
        # Renamed, and not made anew, which would hold everybody up for as long as the table is read.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "alter table learning_idempotencykey rename constraint change_once to idempotency_key_once",
                    "alter table learning_idempotencykey rename constraint idempotency_key_once to change_once",
                )
            ],
            state_operations=[
                migrations.RemoveConstraint("IdempotencyKey", "change_once"),
                migrations.AddConstraint(
                    "IdempotencyKey",
                    models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once"),
                ),
            ],
        ),
    ]
