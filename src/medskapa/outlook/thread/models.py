"""Echoes: what became of a story, told to those who told."""

from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.base import LabKey, LabOwned
from medskapa.ground.ledger.moment import now
from medskapa.ground.web.fields import LanguageField


class Echo(LabOwned):
    """One sentence about what happened, in every language its hearers read (wordings), with stage and id as a note of history."""

    url_name = "thread:echo"

    lab = LabKey(related_name="echoes")
    title = models.CharField(_("what happened"), max_length=300)
    language = LanguageField(_("language"), default="sv")
    stage = models.CharField(max_length=12)
    subject = models.CharField(max_length=12)  # public id of the artefact it tells of
    made_by = models.ForeignKey("labs.Participation", on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(default=now)


class EchoHearer(LabOwned):
    """A pseudonym an echo goes to, and when they read it."""

    lab = LabKey(related_name="echo_hearers")
    echo = models.ForeignKey(Echo, on_delete=models.CASCADE, related_name="hearers")
    pseudonym = models.ForeignKey("labs.Pseudonym", on_delete=models.PROTECT, related_name="echoes_heard")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["echo", "pseudonym"], name="echo_once")]
