import django.db.models.deletion
from django.db import migrations, models

import medskapa.ground.labs.base
import medskapa.ground.ledger.ids
import medskapa.ground.ledger.moment
import medskapa.ground.web.fields


class Migration(migrations.Migration):
    dependencies = [
        ("labs", "0002_vouching"),
        ("listening", "0023_helped_telling"),
        ("people", "0002_one_unit_for_each_participation"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartnerLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("language", medskapa.ground.web.fields.LanguageField(max_length=12, verbose_name="language")),
                ("made_at", models.DateTimeField(default=medskapa.ground.ledger.moment.now)),
                ("ends_on", models.DateField(verbose_name="until")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "lab",
                    medskapa.ground.labs.base.LabKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="partner_links", to="labs.lab"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation", verbose_name="organisation"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="story",
            name="partner",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="stories", to="listening.partnerlink"
            ),
        ),
    ]
