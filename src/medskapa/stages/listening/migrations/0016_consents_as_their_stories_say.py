from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def take_over(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was agreed to before was noted with the story only."""
    consents = apps.get_model("listening", "Consent").objects.filter(purpose="release").select_related("story")
    for consent in consents.exclude(story__kept_from=[]):
        consent.kept_from = consent.story.kept_from
        consent.save(update_fields=["kept_from"])


class Migration(migrations.Migration):
    dependencies = [
        ("listening", "0015_consents_say_whom_from"),
    ]

    operations = [
        migrations.RunPython(take_over, migrations.RunPython.noop, elidable=True),
    ]
