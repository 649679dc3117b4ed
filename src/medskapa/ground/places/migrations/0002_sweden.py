from django.db import migrations

from medskapa.ground.places.load import load_places


def load(apps, schema_editor):
    load_places(tuple(apps.get_model("places", name) for name in ("Country", "County", "MunicipalityGroup", "Municipality")))


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
