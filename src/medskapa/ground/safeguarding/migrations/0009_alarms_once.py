from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("safeguarding", "0008_alarms_noted_twice"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.UniqueConstraint(fields=("concern", "round", "to"), name="alarm_once"),
        ),
    ]
