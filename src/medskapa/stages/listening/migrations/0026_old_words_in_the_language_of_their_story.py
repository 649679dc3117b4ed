from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def take_over(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now a correction was in the language of its story."""
    told = apps.get_model("listening", "Story").objects.filter(pk=OuterRef("story")).values("language")
    apps.get_model("listening", "EarlierWords").objects.update(language=Subquery(told))


class Migration(migrations.Migration):
    dependencies = [
        ("listening", "0025_earlier_words_have_their_language"),
    ]

    operations = [
        migrations.RunPython(take_over, migrations.RunPython.noop, elidable=True),
    ]
