"""Telling: a storyteller's first and later words, and how far they may go."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils.functional import cached_property

from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import new_key, seal
from medskapa.stages.listening.actions.heeding import heed
from medskapa.stages.listening.actions.marking import Marks, place_marks
from medskapa.stages.listening.actions.picturing import add_pictures
from medskapa.stages.listening.actions.recording import add_recording
from medskapa.stages.listening.actions.representing import may_allow_research, needs_adult, refuse_beyond_adult
from medskapa.stages.listening.errors import FurtherThanAgreed, NotAsked, NothingTold
from medskapa.stages.listening.models import Addition, Consent, PartnerLink, Prompt, Reach, Story
from medskapa.stages.listening.reach import farthest, nearest
from medskapa.stages.listening.recordings import Sound
from medskapa.stages.listening.visibility import adult_yes, is_for_research, last_yes


@dataclass(frozen=True)
class Telling:
    """What somebody tells, and how far it may go."""

    words: str
    language: str
    wish: str = Reach.TEAM
    kept_from: frozenset[str] = field(default_factory=frozenset)
    until: datetime | None = None  # None: until they say stop
    is_for_research: bool = False
    prompt: Prompt | None = None
    marks: Marks = field(default_factory=dict)
    pictures: tuple[bytes, ...] = ()  # drawn anew
    sound: Sound | None = None  # written anew
    wants_interpreter: bool = False
    writer: str = ""  # who writes it for them; nobody: they themselves
    partner: PartnerLink | None = None  # the organisation's link on which it was told
    is_read_back: bool = False  # to the teller, who said that the words are what they mean
    keeps_sound: bool = False  # also when it is written down what is said in it

    @cached_property
    def level(self) -> str:
        """How far it may go: as wished, but what is kept from anybody stays in the lab."""
        return nearest(self.wish, farthest(self.kept_from))


@action("story.tell")
def tell_story(teller: Pseudonym, *, telling: Telling, by: Actor) -> Story:
    """Take a story, sealed under a key of its own. Nobody but those who moderate sees it yet, and not even they while an adult has
    to agree first. Raises NotAllowed, NotAsked, NothingTold."""
    if teller.lab.state != Lab.State.OPEN:
        raise NotAsked
    if not (telling.words.strip() or telling.pictures or telling.sound):
        raise NothingTold
    waits = by.kind == "pseudonym" and needs_adult(teller)
    key = new_key(teller.chain_key)
    story = Story.objects.create(
        lab=teller.lab,
        teller=teller,
        prompt=telling.prompt,
        key=key,
        words=seal(telling.words, key),
        language=telling.language,
        reach=Reach.TEAM,
        kept_from=sorted(telling.kept_from),
        wants_interpreter=telling.wants_interpreter,
        writer=telling.writer,
        partner=telling.partner,
        read_back_at=now() if telling.writer and telling.is_read_back else None,
        waits_since=now() if waits else None,
    )
    yes = _consent(story, telling.level, telling.until)
    if telling.is_for_research:
        _let_research(story, yes.valid_to)
    place_marks(story, telling.marks)
    add_pictures(story, telling.pictures)
    if telling.sound:
        add_recording(story, telling.sound, is_kept=telling.keeps_sound)
    heed(telling.words, teller=teller, by=by, story=story)
    return story


@action("story.read_back")
def read_back(story: Story, *, by: Actor) -> Story:
    """Note that what somebody wrote for a teller was read back to them, and that it says what they mean.

    Raises NotAllowed, WrongState (it was taken back or read back before, or nobody wrote it for them).
    """
    unsure = Story.objects.filter(pk=story.pk, read_back_at__isnull=True).exclude(Q(writer="") | Q(state=Story.State.WITHDRAWN))
    if not unsure.update(read_back_at=now()):
        raise WrongState
    return story


@action("story.add")
def add_to_story(story: Story, *, words: str, by: Actor) -> Addition:
    """Let a teller add to their story; it waits for a moderator like the story did. Raises NotAllowed, WrongState, NothingTold."""
    if story.state == Story.State.WITHDRAWN:
        raise WrongState
    if not words.strip():
        raise NothingTold
    heed(words, teller=story.teller, by=by, story=story)
    return Addition.objects.create(lab=story.lab, story=story, words=seal(words, story.key))


@action("consent.change")
def change_consent(
    story: Story, *, wish: str, kept_from: frozenset[str], by: Actor, until: datetime | None = None, alias: str | None = None
) -> Consent:
    """Say anew how far a story may go, and until when. Less far counts at once; further waits for a moderator.

    Raises NotAllowed, WrongState, FurtherThanAgreed (by an adult who had to agree).

    ``alias``: the name of the teller's own choice, if it is to go that far; None leaves it as it is.
    """
    story = _as_it_is(story)
    if story.state == Story.State.WITHDRAWN:
        raise WrongState
    level = nearest(wish, farthest(kept_from))
    refuse_beyond_adult(story, level=level, kept_from=kept_from, until=until)
    end_consents(story, Consent.Purpose.RELEASE)
    story.kept_from = sorted(kept_from)
    story.reach = nearest(story.reach, level)
    story.save(update_fields=["kept_from", "reach"])
    if alias is not None:
        Pseudonym.objects.filter(pk=story.teller_id).update(alias=alias)
    note(story)
    yes = _consent(story, level, until)
    if yes.valid_to:
        longer = story.consents.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=yes.valid_to), withdrawn_at__isnull=True)
        longer.filter(purpose=Consent.Purpose.RESEARCH).update(valid_to=yes.valid_to)
    return yes


@action("consent.change")
def change_research(story: Story, *, is_allowed: bool, by: Actor) -> Story:
    """Say whether researchers may use a story, whoever else may read it. Said again, it changes nothing.

    Raises NotAllowed, WrongState, FurtherThanAgreed (an adult had to agree, and did not agree to this).
    """
    story = _as_it_is(story)
    if story.state == Story.State.WITHDRAWN:
        raise WrongState
    if is_allowed and not may_allow_research(story):
        raise FurtherThanAgreed
    if not is_allowed:
        end_consents(story, Consent.Purpose.RESEARCH)
    elif not is_for_research(story):
        _let_research(story, _longest(story))
    return story


def end_consents(story: Story, *purposes: str) -> None:
    """End what a teller had agreed to, for these purposes or for all; it stays as history. One SQL query."""
    story.consents.filter(withdrawn_at__isnull=True, purpose__in=purposes or Consent.Purpose.values).update(withdrawn_at=now())


def _as_it_is(story: Story) -> Story:
    """The story as it stands now, held until the transaction ends: it may have been released or corrected since the page was shown."""
    return Story.objects.select_for_update(of=["self"]).select_related("lab", "teller__lab").get(pk=story.pk)


def _let_research(story: Story, until: datetime | None) -> Consent:
    said = {"purpose": Consent.Purpose.RESEARCH, "valid_from": now(), "valid_to": until}
    return Consent.objects.create(lab=story.lab, story=story, **said)


def _longest(story: Story) -> datetime | None:
    """Until when researchers may use a story: as long as others may read it and the adult who had to agree said. Two SQL queries."""
    agreed = (last_yes(story), adult_yes(story))
    return min((yes.valid_to for yes in agreed if yes and yes.valid_to and not yes.is_over), default=None)


def _consent(story: Story, level: str, until: datetime | None) -> Consent:
    ends = until if level != Reach.TEAM else None  # what is told to the team needs no end: it can be taken back
    said = {"level": level, "kept_from": story.kept_from, "valid_from": now(), "valid_to": ends}
    return Consent.objects.create(lab=story.lab, story=story, purpose=Consent.Purpose.RELEASE, **said)
