"""The replay: what happens in the demo lab, put in order and done at its moment by the actions that people call."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any

from medskapa.ground.labs.actions import word_all
from medskapa.ground.labs.actors import actor_of_participation, actor_of_pseudonym
from medskapa.ground.labs.models import Lab, Participation, Pseudonym
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import at
from medskapa.outlook.demo.content import Text, chapter, original, others

Happening = Callable[[], object]


class Replay:
    """Chapters plan what happens when; ``run`` does it in the order of time. What was made is found again by its id in the files."""

    lab: Lab

    def __init__(self, loaded_on: date) -> None:
        self.loaded_on = loaded_on
        self.by = Actor.system("demo")
        self._planned: list[tuple[datetime, int, Happening]] = []
        self._turn = count()
        self._made: dict[tuple[str, str], Any] = {}
        self._translators = {code: who["name"] for code, who in chapter("stories")["translators"].items()}

    def plan(self, moment: datetime, happening: Happening) -> None:
        """Let this happen then; what is planned for the same moment happens in the order of planning."""
        heappush(self._planned, (moment, next(self._turn), happening))

    def run(self) -> None:
        """Do everything in its order; what happens may plan more."""
        while self._planned:
            moment, _turn, happening = heappop(self._planned)
            with at(moment):
                happening()

    def day(self, said: date | dict[str, int]) -> date:
        """A day as the files say it: a date, or ``{days_ago: 3}`` or ``{days_ahead: 60}`` of the day of loading."""
        if isinstance(said, date):
            return said
        return self.loaded_on + timedelta(days=said.get("days_ahead", 0) - said.get("days_ago", 0))

    def open(self, lab: Lab) -> None:
        """From now on everything happens in this lab."""
        self.lab, self.by = lab, Actor.system("demo", lab.public_id)

    def keep(self, kind: str, name: str, row: Any) -> Any:
        """Remember what was made; gives it back. Raises KeyError for a name that is taken."""
        if (kind, name) in self._made:
            raise KeyError(f"there are two of {kind} {name}")
        self._made[kind, name] = row
        return row

    def the(self, kind: str, name: str) -> Any:
        """What was made under this name. Raises KeyError if that has not happened yet."""
        return self._made[kind, name]

    def has(self, kind: str, name: str) -> bool:
        """Whether it was made by now."""
        return (kind, name) in self._made

    def all_of(self, kind: str) -> dict[str, Any]:
        """Everything of one kind, in the order in which it was made."""
        return {name: row for (found, name), row in self._made.items() if found == kind}

    def person(self, name: str) -> Participation | Pseudonym:
        """Somebody of the lab, with a name or with a code."""
        found: Participation | Pseudonym = self.the("pseudonym" if self.has("pseudonym", name) else "participation", name)
        return found

    def actor(self, name: str) -> Actor:
        """The same as somebody who acts, with the roles they have at this moment."""
        found = self.person(name)
        return actor_of_participation(found) if isinstance(found, Participation) else actor_of_pseudonym(found)

    def word(self, row: Any, **texts: Text) -> None:
        """Put the other languages of these texts (field → text) beside the originals."""
        worded = {field: others(text) for field, text in texts.items() if others(text)}
        if worded:
            word_all(row, worded, translators=self._translators, by=self.by)


def words(entry: dict[str, Any], *fields: str) -> dict[str, str]:
    """Some texts of an entry as they were first written, by their field."""
    return {field: original(entry[field]) for field in fields if field in entry}
