from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0007_page_labels_and_cover_seed")]

    operations = [
        migrations.AddField(
            "question",
            "tolerance",
            models.CharField(blank=True, default="", max_length=20, verbose_name="tolerance"),
            preserve_default=False,
        ),
    ]
