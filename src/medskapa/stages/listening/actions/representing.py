"""An adult who speaks for a young person by law agrees to what they told, by a one-time code that the young person hands over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import QuerySet

from medskapa.ground.labs.codes import hash_code, new_code
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import AgeBand, Lab, Pseudonym
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.safeguarding.actions import lock_identity, save_representative
from medskapa.ground.safeguarding.models import LockedIdentity, Representative
from medskapa.ground.safeguarding.retention import periods_of
from medskapa.stages.listening.errors import ChosenAnew, FurtherThanAgreed
from medskapa.stages.listening.models import AdultCode, Consent, Reach, Story
from medskapa.stages.listening.queries.rules import rules_of
from medskapa.stages.listening.reach import up_to
from medskapa.stages.listening.visibility import adult_yes, agreed_level, is_for_research, last_yes

WAITING = "waiting"  # the kind of record that a story is until an adult has agreed
UP_TO = {AgeBand.UNDER_13: 12, AgeBand.FROM_13: 15, AgeBand.FROM_16: 17}  # the oldest in each band


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a teller chose for one story, as an adult is shown it."""

    story: Story
    level: str
    yes: Consent | None
    is_for_research: bool

    def __str__(self) -> str:
        until = self.yes.valid_to if self.yes else None
        return f"{self.story.public_id} {self.level} {sorted(self.story.kept_from)} {until} {self.is_for_research}"


def needs_adult(teller: Pseudonym) -> bool:
    """Whether an adult has to agree, by the lab's rule and by what the teller says of their age. One SQL query at most."""
    oldest = UP_TO.get(AgeBand(teller.age_band)) if teller.age_band else None
    return oldest is not None and oldest < rules_of(teller.lab).adult_below


def days_to_agree(lab: Lab) -> int:
    """How long a story waits for an adult before it goes. One SQL query."""
    return periods_of(lab)[WAITING]


def waiting_of(teller: Pseudonym) -> QuerySet[Story]:
    """The stories of a teller that wait for an adult; what was taken back waits no more. No SQL of its own."""
    return teller.stories.filter(waits_since__isnull=False).exclude(state=Story.State.WITHDRAWN)


def chosen_by(teller: Pseudonym) -> list[Chosen]:
    """What an adult is asked to agree to now, the oldest first. Three SQL queries for each story."""
    rows = waiting_of(teller).select_related("lab").order_by("told_at", "pk")
    return [Chosen(story, agreed_level(story), last_yes(story), is_for_research(story)) for story in rows]


def digest_of(chosen: Iterable[Chosen]) -> str:
    """A sign of all that was shown, which is another as soon as anything of it is. No SQL."""
    return sha256("\n".join(map(str, chosen)).encode()).hexdigest()


@action("adult_code.make")
def make_adult_code(teller: Pseudonym, *, by: Actor) -> str:
    """A code for the adult, which is in this answer and nowhere else; it voids those before. About 70 ms. Raises NotAllowed."""
    digits, moment = new_code(), now()
    teller.adult_codes.filter(used_at__isnull=True).delete()
    ends = moment + timedelta(days=days_to_agree(teller.lab))
    note(AdultCode.objects.create(lab=teller.lab, pseudonym=teller, code_hash=hash_code(digits), made_at=moment, ends_at=ends))
    return digits


@action("adult_code.use")
def agree_for(code: AdultCode, *, type: str, name: str, seen: str, by: Actor) -> AdultCode:
    """Agree, as the adult who speaks for a teller, to what they chose for each story that waits. The code works once.

    The name goes to the locked identity only. ``seen``: the digest of what the adult was shown; they agree to that and to nothing else.
    Raises NotAllowed, WrongState (used before, or too old), ChosenAnew (it is no longer what they saw; the code still works).
    """
    if AdultCode.objects.filter(pk=code.pk, used_at__isnull=True, ends_at__gt=now()).update(used_at=now()) != 1:
        raise WrongState
    teller = code.pseudonym
    chosen = chosen_by(teller)
    if digest_of(chosen) != seen:
        raise ChosenAnew
    adult = save_representative(Representative(lab=code.lab, pseudonym=teller, type=type, valid_from=today_of(code.lab)), by=by)
    label = Representative.Type(type).label
    before = LockedIdentity.objects.filter(pseudonym=teller).first()
    known = (unseal(before).who or "") if before else ""
    lock_identity(teller, who=f"{known}\n{label}: {name}".strip()[:1000], by=by)
    for one in chosen:
        _agree_to(one.story, adult)
        Story.objects.filter(pk=one.story.pk).update(waits_since=None)
        note(one.story)
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
    """Whether a teller may let researchers use a story: alone, or where an adult had to agree if the adult did, and while that counts.

    Two SQL queries.
    """
    adult = adult_yes(story)
    if adult is None:
        return True
    if adult.is_over:
        return False
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
        Consent.objects.create(purpose=Consent.Purpose.RESEARCH, valid_to=said["valid_to"], **values, **by)
