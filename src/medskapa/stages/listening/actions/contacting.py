"""How the lab may reach a teller: sealed under the teller's own key, opened with a line that they see, and gone when they say so."""

from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.models import DataKey
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import seal, unseal
from medskapa.stages.listening.actions.representing import needs_adult
from medskapa.stages.listening.models import Consent, Story
from medskapa.stages.listening.visibility import belongs_to_authority


@action("contact.change")
def let_contact(teller: Pseudonym, *, contact: str, by: Actor) -> Consent:
    """Let the lab reach a teller in this way, which takes the place of one before.

    Raises NotAllowed, WrongState (so young that an adult speaks for them: the lab writes on their own page only).
    """
    if needs_adult(teller):
        raise WrongState
    forget_contact_of(teller)
    Pseudonym.objects.filter(pk=teller.pk).update(contact=seal(contact, teller.key))
    return Consent.objects.create(lab=teller.lab, pseudonym=teller, purpose=Consent.Purpose.CONTACT, valid_from=now())


@action("contact.change")
def end_contact(teller: Pseudonym, *, by: Actor) -> Pseudonym:
    """Let the lab reach a teller no more; how it could is gone at once. Raises NotAllowed."""
    forget_contact_of(teller)
    return teller


@action("contact.open", reading=True)
def open_contact(yes: Consent, *, by: Actor) -> str:
    """See how a teller can be reached; they see who did. Raises NotAllowed, as "not found", also if they said no since."""
    still = (
        Consent.objects.filter(pk=yes.pk, purpose=Consent.Purpose.CONTACT, withdrawn_at__isnull=True)
        .select_related("pseudonym__lab")
        .first()
    )
    teller = still.pseudonym if still else None
    contact = unseal(teller, only=["contact"]).contact if teller else None
    if teller is None or not contact or not may_reach(teller, reader=by):
        raise NotAllowed(secret=True)
    return str(contact)


def may_reach(teller: Pseudonym, *, reader: Actor) -> bool:
    """Whether this reader may see how a teller can be reached: by role, never from a kind that a story of theirs is kept from, never
    across to an authority, and not while an adult speaks for them. Two SQL queries.
    """
    if not may(reader, "contact.open", teller) or needs_adult(teller):
        return False
    if belongs_to_authority(reader) and teller.lab.host_kind != Lab.HostKind.AUTHORITY:
        return False
    kept = teller.stories.exclude(state=Story.State.WITHDRAWN).values_list("kept_from", flat=True)
    return all(reader.organisation_kinds.isdisjoint(kinds) for kinds in kept)


def end_contact_under(key: DataKey) -> None:
    """Clean up after this key: a code that was let go lets nobody contact anybody. Can run twice without harm. One SQL query."""
    under = Consent.objects.filter(pseudonym__key=key, purpose=Consent.Purpose.CONTACT, withdrawn_at__isnull=True)
    under.update(withdrawn_at=now())


def forget_contact_of(teller: Pseudonym) -> None:
    """What ending it does; the yes stays as history. Two SQL queries."""
    Consent.objects.filter(pseudonym=teller, purpose=Consent.Purpose.CONTACT, withdrawn_at__isnull=True).update(withdrawn_at=now())
    Pseudonym.objects.filter(pk=teller.pk, contact__isnull=False).update(contact=None)
