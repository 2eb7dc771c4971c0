from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0007_awaited_payment")]
    operations = [
        migrations.AddField(
            model_name="learningday",
            name="finished_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="learningday",
            name="zone",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
