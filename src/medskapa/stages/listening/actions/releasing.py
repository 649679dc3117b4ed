"""Releasing: letting others read a story, ten minutes later, and undoing it until then. Two people where the lab wants two."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import seal, unseal
from medskapa.stages.listening.actions.covering import call_covers_back, choose_covers, keep_covers, let_covers_go
from medskapa.stages.listening.actions.moderating import (
    NOTHING,
    check_marks,
    name_of,
    refuse_beyond,
    refuse_other_words,
    refuse_secretly,
)
from medskapa.stages.listening.errors import AloneWithRareText, OwnSecond
from medskapa.stages.listening.models import Addition, Cover, Crossing, Story, Version
from medskapa.stages.listening.queries.rules import is_alone_with_own_text, needs_second
from medskapa.stages.listening.reach import nearest
from medskapa.stages.listening.visibility import TITLES, agreed_level, title_now

Texts = Mapping[str, str]  # language → text without names and places
UNDO = timedelta(minutes=10)

LookAgain = Callable[[Story], None]

_looks: list[LookAgain] = []


def on_worded(function: LookAgain) -> LookAgain:
    """Call this with every story for which texts for others were put down, in the same transaction. Registered in AppConfig.ready."""
    if function not in _looks:
        _looks.append(function)
    return function


@action("story.release")
def release_story(
    story: Story,
    *,
    title: str,
    texts: Texts,
    reach: str,
    by: Actor,
    seen_marks: frozenset[str] = NOTHING,
    made_by: str = "",
    covers: Collection[Cover] = (),
    edition: int = 1,
) -> Story:
    """Let others read a story: its texts without names, under a neutral title, with these of its covered pictures, no further than the
    teller agreed.

    It counts after ten minutes, or ten minutes after a second person said yes, if the lab wants two; until then nobody else reads it.
    ``seen_marks``: signs of the marks of personal data that somebody saw and let stand; any other raises MarksLeft.
    ``edition``: of the teller's words, as whoever wrote the texts had read them.
    Raises NotAllowed, WrongState, WordsChanged, FurtherThanAgreed, MarksLeft, MarksNotChecked, AloneWithRareText.
    """
    if story.state not in {Story.State.TOLD, Story.State.HELD}:
        raise WrongState
    refuse_other_words(story, edition)
    _check(story, title, texts, reach, seen_marks, by)
    _propose(story, texts, made_by, by)
    choose_covers(story, covers)
    said = {"state": Story.State.RELEASED, "title": seal(title, story.key), "reach": reach}
    return _let_go_or_ask(story, by, **said, title_before=None, reach_before="")


@action("story.revise")
def revise_story(
    story: Story,
    *,
    title: str,
    texts: Texts,
    reach: str,
    by: Actor,
    seen_marks: frozenset[str] = NOTHING,
    made_by: str = "",
    covers: Collection[Cover] = (),
    edition: int = 1,
) -> Story:
    """Change what others read of a released story: another wording, one more language, what the teller added, its pictures, the reach.

    It counts when a release would; until then they read what they read before, and no further than either says.
    Raises as ``release_story`` does.
    """
    if story.state != Story.State.RELEASED:
        raise WrongState
    refuse_other_words(story, edition)
    _check(story, title, texts, reach, seen_marks, by)
    before: dict[str, Any] = {"title_before": story.title_before, "reach_before": story.reach_before}
    if not story.is_going_out:
        before = {"title_before": seal(_title_of(story), story.key), "reach_before": story.reach}
    call_back(story)
    _propose(story, texts, made_by, by)
    choose_covers(story, covers)
    return _let_go_or_ask(story, by, title=seal(title, story.key), reach=reach, **before)


@action("story.second")
def second_release(story: Story, *, by: Actor) -> Story:
    """Say yes as the second person to what somebody else let go; it counts after ten minutes.

    Raises NotAllowed, WrongState (nobody asked), OwnSecond, FurtherThanAgreed.
    """
    if story.state != Story.State.RELEASED or not story.proposed_by:
        raise WrongState
    if story.proposed_by == by.id:
        raise OwnSecond
    refuse_secretly(story, by)
    refuse_beyond(story, story.reach)
    return _let_go(story)


@action("story.undo")
def undo_release(story: Story, *, by: Actor) -> Story:
    """Undo what was let go and does not count yet, also instead of saying yes to it. Others read on what they read before, if anything.

    A story that nobody read yet goes back to where it was; its new title and texts stay on the desk. Raises NotAllowed, WrongState.
    """
    if not story.is_going_out:
        raise WrongState
    call_back(story)
    if not story.reach_before:
        came_from = Story.State.HELD if story.held_for else Story.State.TOLD
        return change(story, state=came_from, proposed_by="", released_at=first_out(story), effective_at=None)
    story.versions.filter(kind=Version.Kind.RELEASED, effective_at__isnull=True).delete()
    keep_covers(story)
    reach = nearest(story.reach_before, agreed_level(story))  # the teller may have agreed to less since
    title = seal(_title_of(story), story.key)
    nothing = {"title_before": None, "reach_before": "", "proposed_by": ""}
    return change(story, title=title, reach=reach, effective_at=story.released_at, **nothing)


@action("story.hold")
def hold_story(story: Story, *, by: Actor, reason: str = Story.HeldFor.LOOK) -> Story:
    """Keep a story back for now, or take a released one down again, at once. Its teller reads the reason.

    Raises NotAllowed, WrongState.
    """
    if story.state == Story.State.HELD:
        return change(story, held_for=reason)
    call_back(story)
    story.move_to(Story.State.HELD, held_for=reason, proposed_by="", released_at=first_out(story), effective_at=None)
    return story


def _check(story: Story, title: str, texts: Texts, reach: str, seen_marks: frozenset[str], by: Actor) -> None:
    refuse_secretly(story, by)
    refuse_beyond(story, reach)
    check_marks([(story.lab.language, title), *texts.items()], seen_marks)
    if is_alone_with_own_text(story, languages=texts, reach=reach, by=by):
        raise AloneWithRareText


def _propose(story: Story, texts: Texts, made_by: str, by: Actor) -> None:
    """Put down what is to be read, in exactly these languages; a translated text keeps the name of who translated it."""
    story.versions.filter(kind=Version.Kind.RELEASED, effective_at__isnull=True).delete()
    translators = dict(story.versions.filter(kind=Version.Kind.TRANSLATION).values_list("language", "made_by"))
    own = made_by or name_of(by)
    for language, words in texts.items():
        values = {"lab": story.lab, "language": language, "words": seal(words, story.key), "by": by.id}
        note(story.versions.create(kind=Version.Kind.RELEASED, made_by=translators.get(language, own), made_at=now(), **values))
    for look_again in _looks:
        look_again(story)


def _let_go_or_ask(story: Story, by: Actor, **changes: Any) -> Story:
    """Let it count after ten minutes, or ask for a second person."""
    if needs_second(story, reach=changes["reach"], by=by):
        return change(story, effective_at=None, proposed_by=by.id, **changes)
    return _let_go(story, **changes)


def _let_go(story: Story, **changes: Any) -> Story:
    """From ten minutes on the texts put down count, in the place of those that others read until then."""
    moment = now() + UNDO
    change(story, effective_at=moment, released_at=first_out(story) or moment, proposed_by="", **changes)
    rows = _texts(story)
    rows.filter(replaced_at__lte=now(), crossings__isnull=True).delete()  # what crossed to somebody stays, since it cannot be called back
    counting, proposed = (
        {version.language: version for version in unseal(rows.filter(replaced_at__isnull=True, effective_at__isnull=is_new))}
        for is_new in (False, True)
    )
    same = {language for language, new in proposed.items() if language in counting and counting[language].words == new.words}
    rows.filter(pk__in=[proposed[language].pk for language in same]).delete()
    gone = [version.pk for language, version in counting.items() if language not in same]
    rows.filter(pk__in=gone).update(replaced_at=moment)
    Crossing.objects.filter(version__in=gone, replaced_at__isnull=True).update(replaced_at=moment)
    rows.filter(effective_at__isnull=True).update(effective_at=moment)
    let_covers_go(story, moment)
    written = min((version.made_at for version in proposed.values()), default=now())
    Addition.objects.filter(story=story, released_at__isnull=True, told_at__lte=written).update(released_at=moment)
    return story


def call_back(story: Story) -> None:
    """What was let go and does not count yet is only put down again, and what it was to replace goes on."""
    ahead = now()
    rows = _texts(story)
    if rows.filter(effective_at__gt=ahead).exists():
        rows.filter(effective_at__isnull=True).delete()
    rows.filter(effective_at__gt=ahead).update(effective_at=None)
    rows.filter(replaced_at__gt=ahead).update(replaced_at=None)
    call_covers_back(story)
    Crossing.objects.filter(version__story=story, replaced_at__gt=ahead).update(replaced_at=None)
    Addition.objects.filter(story=story, released_at__gt=ahead).update(released_at=None)


def _texts(story: Story) -> QuerySet[Version]:
    return story.versions.filter(kind=Version.Kind.RELEASED)


def first_out(story: Story) -> datetime | None:
    """Since when others could first read it, if they ever could."""
    return story.released_at if story.released_at and story.released_at <= now() else None


def _title_of(story: Story) -> str:
    return title_now(unseal(story, only=TITLES))


def change(story: Story, **changes: Any) -> Story:
    """Change a story that is still as it was when it was loaded. Raises WrongState if somebody was faster. One SQL query."""
    as_loaded = Q(state=story.state, effective_at=story.effective_at, proposed_by=story.proposed_by, edition=story.edition)
    if Story.objects.filter(as_loaded, pk=story.pk).update(**changes) != 1:
        raise WrongState
    for name, value in changes.items():
        setattr(story, name, value)
    return story
