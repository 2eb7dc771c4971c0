from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='export',
            name='fetched_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
