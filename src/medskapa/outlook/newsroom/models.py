"""The lab's public face: releases and contacts for the press."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.base import LabKey, LabOwned, Sourced
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.states import Stateful
from medskapa.ground.web.fields import LanguageField


class Release(Stateful, Sourced, LabOwned):
    """A piece of news from the lab. Its text is Markdown; whoever reads it needs no account."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    MOVES = {State.DRAFT: {State.PUBLISHED}, State.PUBLISHED: {State.DRAFT}}
    url_name = "newsroom:release"

    lab = LabKey(related_name="releases")
    title = models.CharField(_("headline"), max_length=160)
    summary = models.CharField(_("in one sentence"), max_length=300)
    text = models.TextField(_("text"), max_length=20_000)
    language = LanguageField(_("language"), default="sv")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField(default=now)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [CheckConstraint(name="release_published_has_time", condition=~Q(state="published") | Q(published_at__isnull=False))]

    def __str__(self) -> str:
        return self.title


class PressContact(LabOwned):
    """Whom the press can call."""

    lab = LabKey(related_name="press_contacts")
    name = models.CharField(_("name"), max_length=120)
    says = models.CharField(_("what about"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
