from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0010_editions'),
    ]

    operations = [
        migrations.AddField(
            model_name='course',
            name='lessons_by_mail',
            field=models.BooleanField(default=False, verbose_name='whole lessons by email'),
        ),
    ]
