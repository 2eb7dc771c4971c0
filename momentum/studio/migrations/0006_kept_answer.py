import django.db.models.deletion
import momentum.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('studio', '0005_reference_formats'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptAnswer',
            fields=[
                ('id', models.UUIDField(default=momentum.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('key', models.CharField(max_length=64)),
                ('answer', models.TextField()),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_answers', to='studio.job')),
                ('proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='kept_answers', to='studio.proposal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('job', 'proposal', 'key'), name='kept_answer_once', nulls_distinct=False)],
            },
        ),
    ]
