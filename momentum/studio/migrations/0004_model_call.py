from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("studio", "0003_counted_jobs_and_log_by_day")]
    operations = [migrations.RenameModel("Call", "ModelCall")]
