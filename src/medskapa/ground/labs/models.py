"""Labs, their phases, who takes part in which role, pseudonyms, agreements, invitations, calendar and wordings."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medskapa.ground.labs.base import LabKey, LabOwned, Sourced
from medskapa.ground.ledger.ids import new_public_id
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import SealedText
from medskapa.ground.ledger.states import Stateful
from medskapa.ground.people.roles import Role
from medskapa.ground.web.fields import LanguageField


class Lab(Stateful, models.Model):
    """One social innovation lab: a target group, a host, its languages, and everything that grows in it."""

    class State(models.TextChoices):
        SETTING_UP = "setting_up", _("Being set up")
        OPEN = "open", pgettext_lazy("state", "Open")
        CLOSED = "closed", _("Closed")

    class HostKind(models.TextChoices):
        AUTHORITY = "authority", _("An authority")
        FOUNDATION = "foundation", _("A foundation")
        ASSOCIATION = "association", _("An association")
        COMPANY = "company", _("A company")

    MOVES = {State.SETTING_UP: {State.OPEN}, State.OPEN: {State.CLOSED}, State.CLOSED: {State.OPEN}}

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    target_group = models.CharField(_("target group"), max_length=300)
    purpose = models.TextField(_("what the lab is for"), max_length=2000, blank=True)
    language = LanguageField(_("main language"), default="sv")
    languages = models.JSONField(_("languages"), default=list)  # BCP 47 tags that tellers can choose
    host = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="hosted_labs")
    host_kind = models.CharField(_("kind of host"), max_length=12, choices=HostKind.choices, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SETTING_UP)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    time_zone = models.CharField(max_length=40, default="Europe/Stockholm")
    promise_days = models.PositiveSmallIntegerField(
        _("days within which everyone hears from us"), default=30, validators=[MinValueValidator(1)]
    )
    is_demo = models.BooleanField(default=False)
    source = models.CharField(max_length=200, null=True, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            CheckConstraint(name="lab_open_knows_its_host", condition=Q(state="setting_up") | ~Q(host_kind="")),
            CheckConstraint(name="lab_open_has_time", condition=Q(state="setting_up") | Q(opened_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The lab's first page."""
        return reverse("labs:lab", kwargs={"lab": self.slug})

    @property
    def chain_key(self) -> str:
        """A lab has an audit chain of its own."""
        return self.public_id

    @property
    def lab(self) -> "Lab":
        """Itself, so that a lab can stand wherever one of its rows can."""
        return self

    @property
    def bears_demo_mark(self) -> bool:
        """Whether pages say that what is shown without a source is invented."""
        return self.is_demo and not self.source


class HelpContact(LabOwned):
    """Where a young person gets help now. Shown on every storyteller page; a lab can't open without one."""

    lab = LabKey(related_name="help_contacts")
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    link = models.URLField(_("web address"), blank=True)
    says = models.CharField(_("when and for what"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [CheckConstraint(name="help_contact_can_be_reached", condition=~Q(phone="") | ~Q(link=""))]


class Phase(LabOwned):
    """A stretch of the lab, and what young people decide, advise on and are told in it."""

    lab = LabKey(related_name="phases")
    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))
    young_decide = models.TextField(_("young people decide"), max_length=600, blank=True)
    young_advise = models.TextField(_("young people advise on"), max_length=600, blank=True)
    young_are_told = models.TextField(_("young people are told"), max_length=600, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(name="phase_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))),
            CheckConstraint(name="phase_says_who_decides", condition=~Q(young_decide="") | ~Q(young_advise="") | ~Q(young_are_told="")),
        ]


class Vouching(LabOwned):
    """Somebody who answers by name for a language of the lab: a speaker who has read what has to be understood (consent, rights,
    safety), or the process leader who lets people tell in it although no speaker has. It can be taken back, and stays as history.
    """

    class Kind(models.TextChoices):
        READ = "read"
        CONFIRMED = "confirmed"

    lab = LabKey(related_name="vouchings")
    language = LanguageField()
    kind = models.CharField(max_length=9, choices=Kind.choices)
    name = models.CharField(max_length=120)
    version = models.CharField(max_length=16)  # of the texts, as they stood then
    at = models.DateTimeField(default=now)
    taken_back_at = models.DateTimeField(null=True)


class Participation(LabOwned):
    """Somebody with a name who takes part in a lab: for which unit, from when to when, perhaps as a stand-in."""

    url_name = "labs:participation"

    lab = LabKey(related_name="participations")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="participations")
    name = models.CharField(_("name"), max_length=120)
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="participations")
    stand_in_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="stand_ins")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["lab", "account"], name="participation_once_per_account"),
            CheckConstraint(name="participation_ends_after_it_starts", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return self.name


class RoleGiven(LabOwned):
    """A role that a participant holds, with its dates. What has ended counts no more, by comparison with now."""

    lab = LabKey(related_name="roles_given")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    valid_from = models.DateTimeField(default=now)
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["participation", "role"], condition=Q(valid_to__isnull=True), name="role_open_once"),
            CheckConstraint(name="role_ends_after_it_starts", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))),
        ]


class AgeBand(models.TextChoices):
    """How old somebody says they are. Never a birth date."""

    UNDER_13 = "under_13", _("Under 13")
    FROM_13 = "13_15", _("13 to 15")
    FROM_16 = "16_17", _("16 or 17")
    ADULT = "18_plus", _("18 or older")


class Pseudonym(LabOwned):
    """One person of the target group in one lab, without a name: found again by their return code only."""

    lab = LabKey(related_name="pseudonyms")
    code_hash = models.CharField(max_length=64, unique=True)  # keyed and memory-hard; the code itself is stored nowhere
    key = models.ForeignKey("ledger.DataKey", on_delete=models.PROTECT, related_name="+")
    language = LanguageField()
    age_band = models.CharField(max_length=8, choices=AgeBand.choices, blank=True)
    age_confirmed_at = models.DateTimeField(null=True)
    alias = models.CharField(max_length=60, blank=True)  # a name of their own choice, for credit
    contact = SealedText(max_length=200, null=True)  # only if they want to be reached; under their own key
    made_at = models.DateTimeField(default=now)
    stopped_at = models.DateTimeField(null=True)


class PseudonymSession(models.Model):
    """A browser that came back with a code. Not joined with any account's session."""

    token_hash = models.CharField(max_length=64, unique=True)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.CASCADE, related_name="sessions")
    seen_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField()


class Agreement(LabOwned):
    """What a participant with a name has agreed to, as a history: photo consent, participation."""

    class Purpose(models.TextChoices):
        PARTICIPATION = "participation", _("Taking part")
        PHOTO = "photo", _("Photographs")

    lab = LabKey(related_name="agreements")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="agreements")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    agreed_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True)


class Invitation(LabOwned):
    """A one-time link into a lab, for a role until a date; sent by mail or shown once on the page."""

    lab = LabKey(related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role_ends_on = models.DateField(_("until"), null=True, blank=True)
    invited_by = models.ForeignKey(Participation, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, null=True, related_name="invitations")


class Gathering(Sourced, LabOwned):
    """A day or a meeting of the lab, in its calendar."""

    class Kind(models.TextChoices):
        LAB_DAY = "lab_day", _("Lab day")
        WORKSHOP = "workshop", _("Workshop")
        MEETING = "meeting", _("Meeting")
        MILESTONE = "milestone", _("Milestone")

    url_name = "labday:day"

    lab = LabKey(related_name="gatherings")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.WORKSHOP)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    about = models.TextField(_("about"), max_length=2000, blank=True)

    class Meta:
        constraints = [CheckConstraint(name="gathering_ends_after_it_starts", condition=Q(ends_at__gte=F("starts_at")))]

    def __str__(self) -> str:
        return self.name


class Wording(models.Model):
    """A text of the lab in another language than it was first written in. The original is never overwritten.

    ``subject`` is the public id of the row whose ``field`` is worded; this is a note on a text, not a link of the thread.
    """

    lab = LabKey(related_name="all_wordings")  # `wordings` is what `worded` attaches to a row, the lab itself included
    subject = models.CharField(max_length=12)
    field = models.CharField(max_length=30)
    language = LanguageField()
    text = models.TextField(max_length=5000)
    translator = models.CharField(max_length=120, blank=True)
    reviewed_by = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [UniqueConstraint(fields=["subject", "field", "language"], name="wording_once")]
