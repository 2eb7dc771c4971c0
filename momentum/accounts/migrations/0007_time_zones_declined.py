from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_remove_browser_told_at")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="time_zones_declined",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
    ]
