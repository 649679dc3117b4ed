"""What the officer's pages show. Words stay sealed here; an action opens them and leaves a line."""

from django.db.models import F, QuerySet

from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.safeguarding.models import Concern, ConcernStep, LockedIdentity, Representative


def concerns_of(lab: Lab, *, reader: Actor) -> QuerySet[Concern]:
    """The concerns of a lab for whoever may see them, those that wait first; for others none. One SQL query."""
    if not may(reader, "concern.see", lab):
        return Concern.objects.none()
    return lab.concerns.select_related("lab", "key").order_by(
        F("closed_at").asc(nulls_first=True), F("taken_at").asc(nulls_first=True), "raised_at", "pk"
    )


def waiting_concerns(lab: Lab, *, reader: Actor) -> QuerySet[Concern]:
    """The concerns that nobody has taken on, oldest first. One SQL query."""
    return concerns_of(lab, reader=reader).filter(state=Concern.State.RAISED).order_by("raised_at", "pk")


def steps_of(concern: Concern) -> QuerySet[ConcernStep]:
    """What was done about a concern, still sealed, oldest first. One SQL query."""
    return concern.steps.order_by("at", "pk")


def identities_of(lab: Lab, *, reader: Actor) -> QuerySet[LockedIdentity]:
    """The locked identities of a lab for whoever may see that they exist; the newest first. One SQL query."""
    if not may(reader, "identity.lock", lab):
        return LockedIdentity.objects.none()
    return lab.locked_identities.select_related("lab", "pseudonym").order_by("-made_at", "-pk")


def identity_of(pseudonym: Pseudonym) -> LockedIdentity | None:
    """The locked identity of one person, if there is one. One SQL query."""
    return LockedIdentity.objects.select_related("lab").filter(pseudonym=pseudonym).first()


def representatives_of(lab: Lab, *, reader: Actor) -> QuerySet[Representative]:
    """Who speaks for young people of this lab, the newest first; none for who may not see them. One SQL query."""
    if not may(reader, "representative.edit", lab):
        return Representative.objects.none()
    return lab.representatives.select_related("lab", "pseudonym", "municipality").order_by("-valid_from", "-pk")
