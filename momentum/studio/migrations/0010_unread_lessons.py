from django.db import migrations

# Lessons that nobody has had on the screen of the review, in courses that were never published.
MARK = """
    update catalog_lesson lesson
       set unread = true
      from studio_joblesson written, catalog_course course
     where written.lesson_id = lesson.id
       and course.id = lesson.course_id
       and course.published_at is null
       and not exists (select from studio_lessonreading reading where reading.job_lesson_id = written.id)
"""


class Migration(migrations.Migration):
    dependencies = [("studio", "0009_proposal_part"), ("catalog", "0014_unread_lessons")]

    operations = [migrations.RunSQL(MARK, migrations.RunSQL.noop)]
