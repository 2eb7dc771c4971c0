from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0006_in_page_order")]

    operations = [
        migrations.AddField(
            "question",
            "tolerance",
            models.CharField(blank=True, default="", max_length=20, verbose_name="tolerance"),
            preserve_default=False,
        ),
    ]
