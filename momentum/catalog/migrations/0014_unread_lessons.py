from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0013_open_sources")]

    operations = [
        migrations.AddField(
            model_name="lesson",
            name="unread",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
