"""Correcting: other words in the place of all that was told. From then on nobody but the teller reads what they took away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from medskapa.ground.labs.models import Pseudonym, Wording
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import Opened, seal, unseal
from medskapa.stages.listening.actions.heeding import heed
from medskapa.stages.listening.actions.recording import let_recording_go
from medskapa.stages.listening.actions.releasing import call_back, change, first_out
from medskapa.stages.listening.errors import NothingChanged, NothingTold
from medskapa.stages.listening.models import Crossing, EarlierWords, Reach, Story, Version

CleanUp = Callable[[Story], None]

_clean_ups: list[CleanUp] = []


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that a teller wrote, said or added, and since when it stands."""

    words: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class OwnWords:
    """All that a teller tells in one story now, as one text, and what stood there before, the last first."""

    words: str
    earlier: list[Opened[EarlierWords]]


def on_corrected(function: CleanUp) -> CleanUp:
    """Call this with every story that is corrected, in the same transaction: what quotes the old words forgets them.

    Registered in AppConfig.ready.
    """
    if function not in _clean_ups:
        _clean_ups.append(function)
    return function


@action("story.read_own")
def read_own_words(teller: Pseudonym, *, story: Story, by: Actor) -> OwnWords:
    """Open the words of one story, and the earlier ones, for whoever told it. Raises NotAllowed. Five SQL queries and the record."""
    if story.teller_id != teller.pk:
        raise NotAllowed(secret=True)
    earlier = list(story.earlier.order_by("-replaced_at", "told_at", "pk"))
    note(story, *earlier)
    return OwnWords(_as_one(_told(story)), unseal(earlier))


@action("story.correct")
def correct_story(story: Story, *, words: str, by: Actor, language: str = "", writer: str = "", is_read_back: bool = False) -> Story:
    """Put these words in the place of all that was written, said and added. The old ones are kept for their teller alone.

    ``language``: that of the new words, if it is another; the story then waits for those who read it, and the old words keep theirs.

    ``writer``: who writes the new ones for the teller, if not they themselves; ``is_read_back``: they said that this is what they mean.

    What was made of the old words ends at once, also what others read; the story is read on the desk like one just told.
    Raises NotAllowed, WrongState (taken back), NothingTold, NothingChanged.
    """
    row = Story.objects.select_for_update(of=["self"]).select_related("lab", "teller__lab", "key__under").get(pk=story.pk)
    if row.state == Story.State.WITHDRAWN:
        raise WrongState
    if not words.strip():
        raise NothingTold
    pieces = _told(row)
    language = language or row.language
    if words.split() == _as_one(pieces).split() and language == row.language:
        raise NothingChanged
    moment = now()
    for piece in pieces:
        told = {"words": seal(piece.words, row.key), "language": row.language, "told_at": piece.told_at}
        EarlierWords.objects.create(lab=row.lab, story=row, replaced_at=moment, **told)
    _end_what_was_made(row, moment)
    _begin_anew(row, words, moment, language=language, writer=writer, read_back_at=moment if writer and is_read_back else None)
    heed(words, teller=row.teller, by=by, story=row)
    return row


def _told(story: Story) -> list[Piece]:
    """What was written, then what was said, then what was added. Three SQL queries."""
    said = story.versions.filter(kind=Version.Kind.TRANSCRIPT)
    opened: list[Opened[Any]] = unseal([story, *said, *story.additions.order_by("told_at", "pk")], only=["words"])
    moments = [story.corrected_at or story.told_at, *(getattr(one, "told_at", None) or one.made_at for one in opened[1:])]
    return [Piece(one.words, moment) for one, moment in zip(opened, moments, strict=True) if one.words]


def _as_one(pieces: list[Piece]) -> str:
    return "\n\n".join(piece.words for piece in pieces)


def _end_what_was_made(story: Story, moment: datetime) -> None:
    """No release, translation, draft, transcript, title or quote outlives the words it was made of. What crossed cannot be called back,
    so it stays as what has crossed, and is read no more. A recording is needed no more; a cover shows a picture, and waits with it.
    """
    call_back(story)
    story.versions.filter(crossings__isnull=True).delete()
    story.versions.filter(replaced_at__isnull=True).update(replaced_at=moment)
    Crossing.objects.filter(Q(replaced_at__isnull=True) | Q(replaced_at__gt=moment), version__story=story).update(replaced_at=moment)
    story.additions.all().delete()
    Wording.objects.filter(lab=story.lab, subject=story.public_id).delete()  # titles in other languages
    let_recording_go(story)
    for forget in _clean_ups:
        forget(story)


def _begin_anew(story: Story, words: str, moment: datetime, **written: Any) -> None:
    nothing = {"title": None, "title_before": None, "reach": Reach.TEAM, "reach_before": "", "held_for": "", "proposed_by": ""}
    nobody_reads = {"state": Story.State.TOLD, "effective_at": None, "released_at": first_out(story)}
    change(story, words=seal(words, story.key), edition=story.edition + 1, corrected_at=moment, **written, **nobody_reads, **nothing)
