"""The six shelves that every installation begins with."""

from django.db import migrations

CATEGORIES = [
    ("business-leadership", "Business & Leadership", "Leading, deciding, negotiating and running things.", "briefcase"),
    ("personal-development", "Personal Development", "Habits, attention, and getting on with it.", "seedling"),
    ("technology-data", "Technology & Data", "Computers, numbers, and what they can do.", "chip"),
    ("health-wellness", "Health & Wellness", "Sleep, movement, food and peace of mind.", "heart"),
    ("creative-skills", "Creative Skills", "Drawing, writing, photography, music and making.", "brush"),
    ("communication", "Communication", "Speaking, writing, listening and being understood.", "speech"),
]


def seed(apps, schema_editor):
    category = apps.get_model("catalog", "Category")
    for position, (slug, name, description, icon) in enumerate(CATEGORIES, start=1):
        category.objects.get_or_create(
            slug=slug,
            defaults={"name": name, "description": description, "icon": icon, "position": position},
        )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    # Going back leaves them: courses may stand on them, and the table goes with 0001.
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
