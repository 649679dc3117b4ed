from django.db import migrations, models

import medskapa.ground.web.fields


class Migration(migrations.Migration):
    dependencies = [
        ("listening", "0020_target_groups"),
    ]

    operations = [
        migrations.AddField(
            model_name="statementdecision",
            name="language",
            field=medskapa.ground.web.fields.LanguageField(blank=True, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="statementdecision",
            name="title",
            field=models.CharField(blank=True, default="", max_length=200),  # which words earlier decisions were about is not known
            preserve_default=False,
        ),
    ]
