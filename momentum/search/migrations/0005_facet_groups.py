from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0004_korean_words_inside_runs")]
    operations = [migrations.RenameModel("Kind", "FacetGroup")]
