from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def find_texts(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now every quote counted, whatever became of the text it was taken from; from the next wording on its words are looked for."""
    evidence = apps.get_model("understanding", "Evidence")
    versions = apps.get_model("listening", "Version").objects.filter(kind="released")
    for quote in evidence.objects.filter(quote__isnull=False):
        quote.texts.set(versions.filter(story=quote.story_id, language=quote.quote_language))


class Migration(migrations.Migration):
    dependencies = [
        ("understanding", "0002_quotes_know_their_texts"),
    ]

    operations = [
        migrations.RunPython(find_texts, migrations.RunPython.noop, elidable=True),
    ]
