"""What the ground rooms keep for a time: who a code belongs to and who speaks for them, codes with their messages, invitations,
accounts, concerns.
"""

from django.db.models import Exists, F, OuterRef, ProtectedError, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Invitation, Lab, Participation, Pseudonym
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import destroy
from medskapa.ground.ledger.withdrawal import withdrawn
from medskapa.ground.people.actions import let_go_of_account
from medskapa.ground.people.models import Account
from medskapa.ground.safeguarding.models import Concern, LockedIdentity, Representative
from medskapa.ground.safeguarding.queries import speaking
from medskapa.ground.safeguarding.retention import Kind, keep

CONCERNS = "concerns"
LAB_CLOSED = _("the lab has closed")


def register() -> None:
    """Say what is kept. Called in AppConfig.ready."""
    keep(Kind("identities", _("Who a code belongs to, and who speaks for them"), LAB_CLOSED, 365, _identified, let_go_of_identity))
    keep(Kind("tellers", _("Codes, and messages with those who told"), LAB_CLOSED, 730, _tellers, let_go_of_teller))
    keep(Kind("invitations", _("Invitations, with their addresses"), _("the link stopped working"), 30, _invitations, let_go_of_invitation))
    since = _("all labs of theirs have closed, and they last signed in")
    keep(Kind("accounts", _("Accounts of those who worked here, with their addresses"), since, 1825, _accounts, let_go_of_account))
    keep(Kind(CONCERNS, _("Concerns, with what was done about them"), _("the concern was closed"), 1825, _concerns, let_go_of_concern))


@action("concern.let_go")
def let_go_of_concern(concern: Concern, *, by: Actor) -> None:
    """Forget a concern that was closed: its words, its steps, who was told, and in which story it was seen. Raises NotAllowed."""
    concern.steps.all().delete()
    concern.alarms.all().delete()
    concern.delete()


@action("identity.let_go")
def let_go_of_identity(teller: Pseudonym, *, by: Actor) -> None:
    """Forget who a code belongs to, why that was ever opened, and who spoke for them from where. Raises NotAllowed."""
    for identity in LockedIdentity.objects.filter(pseudonym=teller):
        identity.openings.all().delete()
        identity.delete()
    for adult in Representative.objects.filter(pseudonym=teller):
        _forget(adult)


def _forget(adult: Representative) -> None:
    """That somebody agreed, and when, stays while a consent rests on it; who and where goes."""
    try:
        adult.delete()
    except ProtectedError:
        Representative.objects.filter(pk=adult.pk).update(type="", municipality=None)


@action("teller.let_go")
def let_go_of_teller(teller: Pseudonym, *, by: Actor) -> Pseudonym:
    """Let a code open nothing any more, and close all that lies under its key, messages too. Their number remains. Raises NotAllowed."""
    teller.sessions.all().delete()
    teller.alias, teller.age_band, teller.contact = "", "", None
    teller.stopped_at = teller.stopped_at or now()
    teller.save(update_fields=["alias", "age_band", "contact", "stopped_at"])
    destroy(teller.key)
    withdrawn(teller.key)
    return teller


@action("invitation.let_go")
def let_go_of_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Forget an invitation whose link works no more; whom it brought in stays. Raises NotAllowed."""
    invitation.delete()


def _identified(lab: Lab) -> QuerySet[Pseudonym]:
    locked, adults = (rows.filter(pseudonym=OuterRef("pk")) for rows in (LockedIdentity.objects.all(), speaking()))
    return lab.pseudonyms.filter(Exists(locked) | Exists(adults)).annotate(since=F("lab__closed_at"))


def _tellers(lab: Lab) -> QuerySet[Pseudonym]:
    return lab.pseudonyms.filter(key__destroyed_at__isnull=True).select_related("key").annotate(since=F("lab__closed_at"))


def _invitations(lab: Lab) -> QuerySet[Invitation]:
    return lab.invitations.annotate(since=F("ends_at"))


def _accounts(lab: Lab) -> QuerySet[Account]:
    """Of who has nothing to do in any lab that is not closed, and may start none."""
    theirs = Participation.objects.filter(account=OuterRef("pk"))
    last = Subquery(theirs.order_by("-lab__closed_at").values("lab__closed_at")[:1])
    rows = Account.objects.filter(Exists(theirs.filter(lab=lab)), is_active=True, is_operator=False, is_demo=False)
    return rows.exclude(Exists(theirs.filter(lab__closed_at__isnull=True))).annotate(since=Greatest(last, Coalesce("last_login", last)))


def _concerns(lab: Lab) -> QuerySet[Concern]:
    return lab.concerns.select_related("lab").defer("worry").annotate(since=F("closed_at"))
