"""The links on which organisations collect stories for a lab."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.base import LabKey, LabOwned
from medskapa.ground.labs.days import end_of_day, today_of
from medskapa.ground.ledger.moment import now
from medskapa.ground.web.fields import LanguageField

WAITS = timedelta(days=7)  # what is not sent lies on a phone no longer than this


class PartnerLink(LabOwned):
    """A way to tell that an organisation opens for others, in one language and until a day. No secret, but not to be guessed."""

    url_name = "listening:partner"

    lab = LabKey(related_name="partner_links")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation"))
    language = LanguageField(_("language"))
    made_at = models.DateTimeField(default=now)
    ends_on = models.DateField(_("until"))  # its last day, where the lab is
    ended_at = models.DateTimeField(null=True)  # before that day, by somebody

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def is_open(self) -> bool:
        """Whether somebody can begin to tell on it. Who turned into an authority since collects no more."""
        return self.ended_at is None and today_of(self.lab) <= self.ends_on and not self.organisation.is_authority

    @property
    def may_still_arrive(self) -> bool:
        """Whether what waited on a phone came by it: what comes later was not begun while it was open."""
        ends = end_of_day(self.ends_on, self.lab)
        return ends is not None and now() <= min(self.ended_at or ends, ends) + WAITS
