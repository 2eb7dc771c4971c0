from django.db import migrations

# What was told by one of these stays told: a notification's cause names its kind and its person.
CAUSES = """
update mail_email
   set cause = kind || '/' || user_id || '/' || substr(cause, position('/' in cause) + 1)
 where user_id is not null
   and cause not like 'test/%'
   and (kind like 'payments.%'
        or kind in ('accounts.new_browser', 'accounts.welcome', 'privacy.export_ready', 'privacy.deletion_asked',
                    'studio.ready'))
"""


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_email")]
    operations = [migrations.RunSQL(CAUSES, migrations.RunSQL.noop)]
