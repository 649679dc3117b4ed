"""An adult who speaks for a young person by law agrees to what they told, by a one-time code that the young person hands over."""

from datetime import datetime, timedelta

from medskapa.ground.labs.codes import hash_code, new_code
from medskapa.ground.labs.models import AgeBand, Lab, Pseudonym
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.safeguarding.actions import lock_identity, save_representative
from medskapa.ground.safeguarding.models import LockedIdentity, Representative
from medskapa.ground.safeguarding.retention import periods_of
from medskapa.stages.listening.errors import FurtherThanAgreed
from medskapa.stages.listening.models import AdultCode, Consent, Reach, Story
from medskapa.stages.listening.queries.rules import rules_of
from medskapa.stages.listening.reach import up_to
from medskapa.stages.listening.visibility import adult_yes, agreed_level, is_for_research, last_yes

WAITING = "waiting"  # the kind of record that a story is until an adult has agreed
UP_TO = {AgeBand.UNDER_13: 12, AgeBand.FROM_13: 15, AgeBand.FROM_16: 17}  # the oldest in each band


def needs_adult(teller: Pseudonym) -> bool:
    """Whether an adult has to agree, by the lab's rule and by what the teller says of their age. One SQL query at most."""
    oldest = UP_TO.get(AgeBand(teller.age_band)) if teller.age_band else None
    return oldest is not None and oldest < rules_of(teller.lab).adult_below


def days_to_agree(lab: Lab) -> int:
    """How long a story waits for an adult before it goes. One SQL query."""
    return periods_of(lab)[WAITING]


@action("adult_code.make")
def make_adult_code(teller: Pseudonym, *, by: Actor) -> str:
    """A code for the adult, which is in this answer and nowhere else; it voids those before. About 70 ms. Raises NotAllowed."""
    digits, moment = new_code(), now()
    teller.adult_codes.filter(used_at__isnull=True).delete()
    ends = moment + timedelta(days=days_to_agree(teller.lab))
    note(AdultCode.objects.create(lab=teller.lab, pseudonym=teller, code_hash=hash_code(digits), made_at=moment, ends_at=ends))
    return digits


@action("adult_code.use")
def agree_for(code: AdultCode, *, type: str, name: str, by: Actor) -> AdultCode:
    """Agree, as the adult who speaks for a teller, to what they chose for each story that waits. The code works once.

    The name goes to the locked identity only. Raises NotAllowed, WrongState (used before, or too old).
    """
    if AdultCode.objects.filter(pk=code.pk, used_at__isnull=True, ends_at__gt=now()).update(used_at=now()) != 1:
        raise WrongState
    teller = code.pseudonym
    adult = save_representative(Representative(lab=code.lab, pseudonym=teller, type=type, valid_from=now().date()), by=by)
    label = Representative.Type(type).label
    before = LockedIdentity.objects.filter(pseudonym=teller).first()
    known = (unseal(before).who or "") if before else ""
    lock_identity(teller, who=f"{known}\n{label}: {name}".strip()[:1000], by=by)
    for story in teller.stories.filter(waits_since__isnull=False).select_related("lab"):
        _agree_to(story, adult)
        Story.objects.filter(pk=story.pk).update(waits_since=None)
        note(story)
    return code


def refuse_beyond_adult(story: Story, *, level: str, kept_from: frozenset[str], until: datetime | None) -> None:
    """Go on only as far, and as long, as an adult who had to agree said; keeping it from more is free. Raises FurtherThanAgreed.

    One SQL query.
    """
    adult = adult_yes(story)
    if adult is None:
        return
    is_longer = level != Reach.TEAM and adult.valid_to is not None and (until is None or until > adult.valid_to)
    if is_longer or level not in up_to(level_of(adult)) or not kept_from.issuperset(adult.kept_from):
        raise FurtherThanAgreed


def may_allow_research(story: Story) -> bool:
    """Whether a teller may let researchers use a story: alone, or where an adult had to agree if the adult did. Two SQL queries."""
    if adult_yes(story) is None:
        return True
    return story.consents.filter(purpose=Consent.Purpose.RESEARCH, given_by=Consent.GivenBy.REPRESENTATIVE).exists()


def level_of(yes: Consent) -> str:
    """How far a yes goes now: to the team only, once its time is over. No SQL."""
    return Reach.TEAM if yes.is_over else yes.level


def _agree_to(story: Story, adult: Representative) -> None:
    """The adult says yes to just what the teller chose."""
    chosen = last_yes(story)
    said = {"level": agreed_level(story), "kept_from": story.kept_from, "valid_to": chosen.valid_to if chosen else None}
    values = {"lab": story.lab, "story": story, "valid_from": now()}
    by = {"given_by": Consent.GivenBy.REPRESENTATIVE, "representative": adult}
    Consent.objects.create(purpose=Consent.Purpose.RELEASE, **values, **said, **by)
    if is_for_research(story):
        Consent.objects.create(purpose=Consent.Purpose.RESEARCH, **values, **by)
