"""Somebody in the walk, with a browser of their own. They do what people do: open, follow, press, write, choose, see."""

from typing import Any

from playwright.sync_api import expect

from tests.walk.visits import Visits

ONWARD = "data-left"  # marks the page that a person leaves, so that the next one is told from it


class Person:
    """One of the people of a walk."""

    def __init__(self, name: str, page: Any, site: str, visits: Visits) -> None:
        self.name, self.page, self.site, self.visits = name, page, site, visits

    def opens(self, path: str, *, then: str = "") -> None:
        """Type an address."""
        self.page.goto(path if path.startswith("http") else f"{self.site}{path}")
        self._arrived(then)

    def follows(self, link: str, *, then: str = "", inside: str = "") -> None:
        """Follow the first link of this name; `inside` names a region or list item that holds it."""
        self._goes_on(self._part(inside).get_by_role("link", name=link, exact=not inside).first, then)

    def presses(self, button: str, *, then: str = "", inside: str = "") -> None:
        """Press a button of a form."""
        self._goes_on(self._part(inside).get_by_role("button", name=button, exact=True).first, then)

    def writes(self, **fields: str) -> None:
        raise NotImplementedError

    def fills(self, label: str, text: str) -> None:
        """Write into a field."""
        self.page.get_by_label(label).first.fill(text)

    def picks(self, label: str, option: str) -> None:
        """Choose from a list."""
        self.page.get_by_label(label).first.select_option(label=option)

    def ticks(self, *choices: str) -> None:
        """Choose a card, or tick a box."""
        for choice in choices:
            self.page.get_by_label(choice).first.check()

    def sees(self, *texts: str) -> None:
        """Fails if one of these does not stand on the page."""
        for text in texts:
            expect(self.page.get_by_role("main").get_by_text(text).first).to_be_visible()

    def sees_not(self, *texts: str) -> None:
        """Fails if one of these stands on the page."""
        for text in texts:
            expect(self.page.get_by_role("main").get_by_text(text)).to_have_count(0)

    @property
    def path(self) -> str:
        """Where this person is, without the site."""
        return str(self.page.url).removeprefix(self.site)

    def _part(self, name: str) -> Any:
        return self.page.get_by_role("listitem").filter(has_text=name).first if name else self.page

    def _goes_on(self, where: Any, then: str) -> None:
        self.page.locator("body").evaluate(f"body => body.setAttribute('{ONWARD}', '')")
        where.click()
        expect(self.page.locator(f"body:not([{ONWARD}])")).to_be_attached()
        self._arrived(then)

    def _arrived(self, then: str) -> None:
        self.page.wait_for_load_state()
        if then:
            self.sees(then)
        self.visits.note(self.name, self.page)
