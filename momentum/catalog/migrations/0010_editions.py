import django.db.models.deletion
from django.db import migrations, models

# What learners of courses that aren't published now were shown until now.
_KEEP = """
    insert into catalog_edition (course_id, changed_at, content)
    select course.id,
           greatest(course.published_at, max(lesson.updated_at)),
           jsonb_build_object('course', to_jsonb(course), 'lessons', coalesce(jsonb_agg(
               to_jsonb(lesson) || jsonb_build_object(
                   'video', to_jsonb(video),
                   'action_items', (select coalesce(jsonb_agg(to_jsonb(part)), '[]') from catalog_actionitem part
                                     where part.lesson_id = lesson.id),
                   'resources', (select coalesce(jsonb_agg(to_jsonb(part)), '[]') from catalog_resource part
                                  where part.lesson_id = lesson.id),
                   'questions', (select coalesce(jsonb_agg(to_jsonb(part)), '[]') from catalog_question part
                                  where part.lesson_id = lesson.id),
                   'sources', (select coalesce(jsonb_agg(to_jsonb(part)), '[]') from catalog_source part
                                where part.lesson_id = lesson.id)
               ) order by lesson.day
           ) filter (where lesson.id is not null), '[]'))
      from catalog_course course
      left join catalog_lesson lesson on lesson.course_id = course.id and lesson.status = 'published'
      left join catalog_video video on video.lesson_id = lesson.id
     where course.published_at is not null and course.status <> 'published'
     group by course.id
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0009_minor_units")]

    operations = [
        migrations.AddField("actionitem", "removed", models.BooleanField(default=False, editable=False)),
        migrations.AddField("lesson", "removed", models.BooleanField(default=False, editable=False)),
        migrations.AddField("question", "removed", models.BooleanField(default=False, editable=False)),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "course",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="edition",
                        serialize=False,
                        to="catalog.course",
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                ("content", models.JSONField()),
            ],
        ),
        migrations.RunSQL(_KEEP, migrations.RunSQL.noop),
    ]
