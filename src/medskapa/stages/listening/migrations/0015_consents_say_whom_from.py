from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("listening", "0013_wishes_for_an_interpreter"),
    ]

    operations = [
        migrations.AddField(model_name="consent", name="kept_from", field=models.JSONField(default=list)),
    ]
