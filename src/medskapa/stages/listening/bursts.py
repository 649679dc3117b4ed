"""Which answers of a conversation came in bursts, for those who may set them aside: how many and when, never whose."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from medskapa.ground.web.moments import clock, day, number
from medskapa.stages.listening.models import Conversation, Vote


@dataclass(frozen=True, slots=True)
class Marked:
    """A burst of answers. ``key`` names these answers and no others, and tells nothing of who gave them."""

    key: str
    people: int
    answers: int
    begin: datetime
    end: datetime
    votes: tuple[int, ...]

    @property
    def in_words(self) -> str:
        """How many, and when the first and the last of them began."""
        said = {"people": number(self.people), "answers": number(self.answers), "day": day(self.begin)}
        said |= {"begin": clock(self.begin), "end": clock(self.end)}
        return _("%(people)s people who answered alike, %(answers)s answers in all. They began on %(day)s, %(begin)s to %(end)s.") % said


def marked_in(conversation: Conversation) -> list[Marked]:
    """The bursts among the answers that count, the least likely first. One SQL query."""
    from medskapa.methods.landscape.bursts import Person, bursts

    answers: dict[int, list[dict[str, Any]]] = defaultdict(list)
    numbers: dict[tuple[int | None, int | None], int] = {}
    fields = ("pk", "public_id", "pseudonym", "participation", "statement", "value", "at")
    for row in Vote.counted(conversation).order_by("pk").values(*fields):
        answers[numbers.setdefault((row["pseudonym"], row["participation"]), len(numbers))].append(row)
    people = {
        number: Person(min(row["at"] for row in rows).timestamp(), {row["statement"]: row["value"] for row in rows})
        for number, rows in answers.items()
    }
    return [_marked([row for one in burst.people for row in answers[one]], len(burst.people), burst.began) for burst in bursts(people)]


def _marked(rows: list[dict[str, Any]], people: int, began: tuple[float, float]) -> Marked:
    key = sha256(" ".join(sorted(row["public_id"] for row in rows)).encode()).hexdigest()[:24]
    begin, end = (datetime.fromtimestamp(moment, UTC) for moment in began)
    return Marked(key, people, len(rows), begin, end, tuple(row["pk"] for row in rows))
