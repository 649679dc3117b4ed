"""What the officer's pages show. Words stay sealed here; an action opens them and leaves a line."""

from django.db.models import F, QuerySet

from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.safeguarding.models import Concern, LockedIdentity, Representative


def concerns_of(lab: Lab, *, reader: Actor) -> QuerySet[Concern]:
    """The concerns of a lab for whoever may see them: open ones first, by urgency and what is due; for others none. One SQL query."""
    if not may(reader, "concern.see", lab):
        return Concern.objects.none()
    rows = lab.concerns.select_related("lab", "key", "pseudonym").defer("worry")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "urgency", "due_at", "raised_at", "pk")


def open_concerns(lab: Lab, *, reader: Actor) -> QuerySet[Concern]:
    """The concerns that are not closed, those most due first. One SQL query."""
    return concerns_of(lab, reader=reader).exclude(state=Concern.State.CLOSED).order_by("due_at", "pk")


def identities_of(lab: Lab, *, reader: Actor) -> QuerySet[LockedIdentity]:
    """The locked identities of a lab for whoever may see that they exist; the newest first. One SQL query."""
    if not may(reader, "identity.lock", lab):
        return LockedIdentity.objects.none()
    return lab.locked_identities.select_related("lab", "pseudonym").order_by("-made_at", "-pk")


def identity_of(pseudonym: Pseudonym) -> LockedIdentity | None:
    """The locked identity of one person, if there is one. One SQL query."""
    return LockedIdentity.objects.select_related("lab").filter(pseudonym=pseudonym).first()


def speaking() -> QuerySet[Representative]:
    """Those of whom it is still known who they are. No SQL of its own."""
    return Representative.objects.exclude(type="")


def representatives_of(lab: Lab, *, reader: Actor) -> QuerySet[Representative]:
    """Who speaks for young people of this lab, the newest first; none for who may not see them. One SQL query."""
    if not may(reader, "representative.edit", lab):
        return Representative.objects.none()
    return speaking().filter(lab=lab).select_related("lab", "pseudonym", "municipality").order_by("-valid_from", "-pk")
