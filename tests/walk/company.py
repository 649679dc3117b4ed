"""Everybody in one walk, and the lab they meet in."""

from dataclasses import dataclass, field

from tests.browsing import People
from tests.walk.person import Person
from tests.walk.visits import Visits

PHONES = {"prs": "fa-AF"}  # what phones call Dari


@dataclass
class Company:
    """The people of a walk by name, and where their lab lies."""

    site: str
    people: People
    visits: Visits = field(default_factory=Visits)
    lab: str = ""
    leader: Person = field(init=False)

    def somebody(self, name: str, *, language: str = "en") -> Person:
        """A person with a phone of their own."""
        page = self.people.someone(language=PHONES.get(language, language))
        return Person(name, page, self.site, self.visits, language)

    def at(self, path: str = "", language: str = "en") -> str:
        """An address in the lab."""
        return f"/{language}/labs/{self.lab}/{path}"
