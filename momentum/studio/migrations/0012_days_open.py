from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("studio", "0011_revisions")]

    operations = [
        migrations.AddField(
            model_name="job",
            name="days_open",
            field=models.BooleanField(default=False),
        ),
    ]
