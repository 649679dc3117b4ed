"""What stands behind an insight, as far as a reader may see it: people's own words, and how they answered statements."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Value
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.sealing import Opened, unseal
from medskapa.ground.web.languages import own_name
from medskapa.stages.listening.coarsening import Attributes
from medskapa.stages.listening.models import Statement, Story
from medskapa.stages.listening.queries.attributes import attributes_seen
from medskapa.stages.listening.queries.stories import keys_of, texts_read
from medskapa.stages.understanding.models import Evidence, Insight
from medskapa.stages.understanding.queries import PUBLIC_FROM, Answers, answers_to, evidence_of, standing_quotes
from medskapa.stages.understanding.quoting import on_one_line

BAR = 140  # the length of a bar of hundred percent, in the box of the drawing


@dataclass(frozen=True, slots=True)
class Voice:
    """A quote that the reader may read."""

    evidence: Evidence
    text: str
    language: str
    is_translated: bool
    stands: bool  # in what others read of the story now; if not, nobody beyond the team reads it
    seen: Attributes  # what may be said of the story beside its words

    @property
    def source(self) -> str:
        """In which language it was said, in words, as far as this reader may know it."""
        if self.seen.language is None:
            return _("Translated from another language") if self.is_translated and self.seen.is_foreign else ""
        name = own_name(self.seen.language)
        return _("Translated from %(language)s") % {"language": name} if self.is_translated else name

    @property
    def is_against(self) -> bool:
        """Whether it speaks against the insight."""
        return self.evidence.side == Evidence.Side.AGAINST


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the drawing: how long it is, and its share."""

    length: int
    percent: int


@dataclass(frozen=True, slots=True)
class Answered:
    """How people answered a statement, as far as it may be shown: all three shares, or only whether most agree."""

    evidence: Evidence
    statement: Statement
    answers: Answers
    is_withheld: bool

    @property
    def agree(self) -> Bar:
        """Those who agree."""
        return self._bar(self.answers.agree)

    @property
    def passed(self) -> Bar:
        """Those who passed."""
        return self._bar(self.answers.passed)

    @property
    def disagree(self) -> Bar:
        """Those who disagree."""
        return self._bar(self.answers.disagree)

    @property
    def most_agree(self) -> bool:
        """Whether at least five answered and more than half of them agree: that can be said of any group."""
        return self.answers.total >= PUBLIC_FROM and 2 * self.answers.agree > self.answers.total

    def _bar(self, count: int) -> Bar:
        percent = self.answers.share(count)
        return Bar(round(BAR * percent / 100), percent)


@dataclass(frozen=True, slots=True)
class Behind:
    """Everything behind an insight for one reader."""

    voices: tuple[Voice, ...]
    answered: tuple[Answered, ...]
    kept_count: int  # quotes that others read and this reader may not
    resting: tuple[Evidence, ...]  # quotes that nobody reads now, not even the team
    withdrawn: tuple[Evidence, ...]
    changed: tuple[Evidence, ...]  # their tellers took the words away that were quoted


def behind(insight: Insight, *, reader: Actor) -> Behind:
    """What an insight rests on. Six SQL queries, whatever the number.

    The team reads a quote also when its words no longer stand in what others read of the story; nobody else does, and nobody counts it.
    """
    rows = list(evidence_of(insight))
    worded([*rows, *(row.statement for row in rows if row.statement is not None)], get_language() or "")
    told = [row for row in rows if row.story is not None and row.story.state != Story.State.WITHDRAWN]
    quoted = [row for row in told if row.quote is not None]
    voices = _voices(quoted, reader)
    shown = tuple(voice for voice in voices if voice.stands or reader.is_team)
    read = {voice.evidence for voice in shown}
    return Behind(
        voices=shown,
        answered=tuple(_answered(rows, reader)),
        kept_count=sum(row.stands for row in quoted) - sum(voice.stands for voice in shown),
        resting=tuple(row for row in quoted if not row.stands and row not in read),
        withdrawn=tuple(row for row in rows if row.story is not None and row.story.state == Story.State.WITHDRAWN),
        changed=tuple(row for row in told if row.quote is None),
    )


def voices_behind(insights: Iterable[Insight], *, reader: Actor, most: int = 3) -> list[Voice]:
    """Some voices that speak for these insights, stand in what others read, and that the reader may read: at most one of each story.

    Four SQL queries.
    """
    rows = standing_quotes().filter(insight__in=list(insights), side=Evidence.Side.FOR).annotate(stands=Value(True))
    quoted = {row.story_id: row for row in rows.select_related("story__lab", "story__key__under").order_by("-added_at", "-pk")}
    voices = _voices(worded(quoted.values(), get_language() or ""), reader)
    return [voice for voice in voices if voice.stands][:most]


def _voices(quoted: Iterable[Evidence], reader: Actor) -> list[Voice]:
    """Those quotes of a version that the reader may read, opened."""
    rows = list(quoted)
    stories = {row.story.pk: row.story for row in rows if row.story is not None}
    versions = texts_read(stories, reader=reader)
    keys = keys_of(list(stories.values()))
    texts = {(version.story_id, version.language): on_one_line(version.words or "") for version in unseal(versions, keys=keys)}
    opened = unseal([row for row in rows if (row.story_id, row.quote_language) in texts], only=["quote"], keys=keys)
    seen = attributes_seen([one.story for one in opened], reader=reader)
    return [_voice(one, texts[one.story_id, one.quote_language], seen[one.story_id]) for one in opened if one.quote]


def _voice(one: Opened[Evidence], text: str, seen: Attributes) -> Voice:
    is_translated = one.quote_language != one.story.language
    return Voice(one.row, one.quote, one.quote_language, is_translated, stands=one.stands and one.quote in text, seen=seen)


def _answered(rows: Iterable[Evidence], reader: Actor) -> Iterable[Answered]:
    found = [(row, row.statement) for row in rows if row.statement is not None]
    answers = answers_to(statement for _row, statement in found)
    for row, statement in found:
        counts = answers[statement.pk]
        yield Answered(row, statement, counts, is_withheld=not reader.is_team and _points_somebody_out(counts))


def _points_somebody_out(answers: Answers) -> bool:
    """Whether a share stands for so few people that it says who they are."""
    groups = (answers.agree, answers.passed, answers.disagree)
    return answers.total < PUBLIC_FROM or any(0 < group < PUBLIC_FROM for group in groups)
