import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import medskapa.ground.labs.base
import medskapa.ground.ledger.ids
import medskapa.ground.ledger.moment
import medskapa.ground.ledger.sealing
import medskapa.ground.ledger.states
import medskapa.ground.web.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Lab",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("target_group", models.CharField(max_length=300, verbose_name="target group")),
                ("purpose", models.TextField(blank=True, max_length=2000, verbose_name="what the lab is for")),
                ("language", medskapa.ground.web.fields.LanguageField(default="sv", max_length=12, verbose_name="main language")),
                ("languages", models.JSONField(default=list, verbose_name="languages")),
                (
                    "host_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("authority", "An authority"),
                            ("foundation", "A foundation"),
                            ("association", "An association"),
                            ("company", "A company"),
                        ],
                        max_length=12,
                        verbose_name="kind of host",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("setting_up", "Being set up"), ("open", "Open"), ("closed", "Closed")],
                        default="setting_up",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("time_zone", models.CharField(default="Europe/Stockholm", max_length=40)),
                (
                    "promise_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="days within which everyone hears from us",
                    ),
                ),
                ("is_demo", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=200, null=True)),
                ("created_at", models.DateTimeField(default=medskapa.ground.ledger.moment.now)),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hosted_labs",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "setting_up"), models.Q(("host_kind", ""), _negated=True), _connector="OR"),
                        name="lab_open_knows_its_host",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "setting_up"), ("opened_at__isnull", False), _connector="OR"), name="lab_open_has_time"
                    ),
                ],
            },
            bases=(medskapa.ground.ledger.states.Stateful, models.Model),
        ),
        migrations.CreateModel(
            name="HelpContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("link", models.URLField(blank=True, verbose_name="web address")),
                ("says", models.CharField(blank=True, max_length=300, verbose_name="when and for what")),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "lab",
                    medskapa.ground.labs.base.LabKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="help_contacts", to="labs.lab"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("phone", ""), _negated=True), models.Q(("link", ""), _negated=True), _connector="OR"),
                        name="help_contact_can_be_reached",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Gathering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("source", models.CharField(blank=True, max_length=200, null=True)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("lab_day", "Lab day"), ("workshop", "Workshop"), ("meeting", "Meeting"), ("milestone", "Milestone")],
                        default="workshop",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="place")),
                ("about", models.TextField(blank=True, max_length=2000, verbose_name="about")),
                (
                    "lab",
                    medskapa.ground.labs.base.LabKey(on_delete=django.db.models.deletion.PROTECT, related_name="gatherings", to="labs.lab"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gte", models.F("starts_at"))), name="gathering_ends_after_it_starts"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lab",
                    medskapa.ground.labs.base.LabKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="participations", to="labs.lab"
                    ),
                ),
                (
                    "stand_in_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stand_ins",
                        to="labs.participation",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="participations", to="people.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("lab", "account"), name="participation_once_per_account"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="participation_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("process_leader", "Process leader"),
                            ("moderator", "Moderator"),
                            ("sense_maker", "Sense-maker"),
                            ("interpreter", "Interpreter"),
                            ("safeguarding_officer", "Safeguarding officer"),
                            ("safeguarding_deputy", "Deputy safeguarding officer"),
                            ("facilitator", "Facilitator"),
                            ("co_creator", "Co-creator"),
                            ("actor", "Actor"),
                            ("problem_owner", "Problem owner"),
                            ("innovator", "Innovator"),
                            ("juror", "Juror"),
                            ("programme_manager", "Programme manager"),
                            ("coach", "Coach"),
                            ("mentor", "Mentor"),
                            ("pilot_lead", "Pilot lead"),
                            ("press_officer", "Press officer"),
                            ("reader", "Reader"),
                        ],
                        max_length=24,
                        verbose_name="role",
                    ),
                ),
                ("role_ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("made_at", models.DateTimeField(default=medskapa.ground.ledger.moment.now)),
                ("ends_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"
                    ),
                ),
                (
                    "lab",
                    medskapa.ground.labs.base.LabKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="labs.lab"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="labs.participation"),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="labs.participation"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("purpose", models.CharField(choices=[("participation", "Taking part"), ("photo", "Photographs")], max_length=16)),
                ("agreed_at", models.DateTimeField(default=medskapa.ground.ledger.moment.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "lab",
                    medskapa.ground.labs.base.LabKey(on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="labs.lab"),
                ),
                (
                    "participation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="labs.participation"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="starts")),
                ("ends_on", models.DateField(verbose_name="ends")),
                ("young_decide", models.TextField(blank=True, max_length=600, verbose_name="young people decide")),
                ("young_advise", models.TextField(blank=True, max_length=600, verbose_name="young people advise on")),
                ("young_are_told", models.TextField(blank=True, max_length=600, verbose_name="young people are told")),
                (
                    "lab",
                    medskapa.ground.labs.base.LabKey(on_delete=django.db.models.deletion.PROTECT, related_name="phases", to="labs.lab"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="phase_ends_after_it_starts"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("young_decide", ""), _negated=True),
                            models.Q(("young_advise", ""), _negated=True),
                            models.Q(("young_are_told", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="phase_says_who_decides",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pseudonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("language", medskapa.ground.web.fields.LanguageField(max_length=12)),
                (
                    "age_band",
                    models.CharField(
                        blank=True,
                        choices=[("under_13", "Under 13"), ("13_15", "13 to 15"), ("16_17", "16 or 17"), ("18_plus", "18 or older")],
                        max_length=8,
                    ),
                ),
                ("age_confirmed_at", models.DateTimeField(null=True)),
                ("alias", models.CharField(blank=True, max_length=60)),
                ("contact", medskapa.ground.ledger.sealing.SealedText(max_length=200, null=True)),
                ("made_at", models.DateTimeField(default=medskapa.ground.ledger.moment.now)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("key", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.datakey")),
                (
                    "lab",
                    medskapa.ground.labs.base.LabKey(on_delete=django.db.models.deletion.PROTECT, related_name="pseudonyms", to="labs.lab"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PseudonymSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("seen_at", models.DateTimeField(default=medskapa.ground.ledger.moment.now)),
                ("ends_at", models.DateTimeField()),
                ("pseudonym", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="labs.pseudonym")),
            ],
        ),
        migrations.CreateModel(
            name="RoleGiven",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("process_leader", "Process leader"),
                            ("moderator", "Moderator"),
                            ("sense_maker", "Sense-maker"),
                            ("interpreter", "Interpreter"),
                            ("safeguarding_officer", "Safeguarding officer"),
                            ("safeguarding_deputy", "Deputy safeguarding officer"),
                            ("facilitator", "Facilitator"),
                            ("co_creator", "Co-creator"),
                            ("actor", "Actor"),
                            ("problem_owner", "Problem owner"),
                            ("innovator", "Innovator"),
                            ("juror", "Juror"),
                            ("programme_manager", "Programme manager"),
                            ("coach", "Coach"),
                            ("mentor", "Mentor"),
                            ("pilot_lead", "Pilot lead"),
                            ("press_officer", "Press officer"),
                            ("reader", "Reader"),
                        ],
                        max_length=24,
                        verbose_name="role",
                    ),
                ),
                ("valid_from", models.DateTimeField(default=medskapa.ground.ledger.moment.now)),
                ("valid_to", models.DateTimeField(blank=True, null=True)),
                (
                    "lab",
                    medskapa.ground.labs.base.LabKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles_given", to="labs.lab"
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="labs.participation"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)), fields=("participation", "role"), name="role_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                        name="role_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=12)),
                ("field", models.CharField(max_length=30)),
                ("language", medskapa.ground.web.fields.LanguageField(max_length=12)),
                ("text", models.TextField(max_length=5000)),
                ("translator", models.CharField(blank=True, max_length=120)),
                ("reviewed_by", models.CharField(blank=True, max_length=120)),
                ("made_at", models.DateTimeField(default=medskapa.ground.ledger.moment.now)),
                (
                    "lab",
                    medskapa.ground.labs.base.LabKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="all_wordings", to="labs.lab"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("subject", "field", "language"), name="wording_once")],
            },
        ),
    ]
