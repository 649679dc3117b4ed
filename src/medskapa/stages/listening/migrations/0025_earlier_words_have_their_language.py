from django.db import migrations

import medskapa.ground.web.fields


class Migration(migrations.Migration):
    dependencies = [
        ("listening", "0024_paper_cards"),
    ]

    operations = [
        migrations.AddField(
            model_name="earlierwords",
            name="language",
            field=medskapa.ground.web.fields.LanguageField(default=""),
            preserve_default=False,
        ),
    ]
