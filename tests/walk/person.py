"""Somebody in a walk, with a browser of their own. They do what people do: open, follow, press, write, choose, see."""

import re
from typing import Any

from django.utils.translation import gettext, override
from playwright.sync_api import expect

from tests.walk.visits import Visits

LEFT = "data-left"  # marks the page that a person leaves, so that the next one is told from it


class Person:
    """One of the people of a walk. They find everything by its name, in the language they read; names are written in English."""

    def __init__(self, name: str, page: Any, site: str, visits: Visits, language: str = "en") -> None:
        self.name, self.page, self.site, self.visits, self.language = name, page, site, visits, language

    def opens(self, path: str, *, then: str = "") -> None:
        """Type an address."""
        self.page.goto(path if path.startswith("http") else f"{self.site}{path}")
        self._arrived(then)

    def follows(self, link: str, *, then: str = "", within: str = "") -> None:
        """Follow the first link of this name, on the page or within one of its regions."""
        where = self.page.get_by_role("region", name=self.said(within), exact=True) if within else self.page
        self._goes_on(where.get_by_role("link", name=self._begins(link)).first, then)

    def presses(self, button: str, *, then: str = "") -> None:
        """Press a button of a form."""
        self._goes_on(self.page.get_by_role("button", name=self.said(button), exact=True).first, then)

    def fills(self, label: str, text: str) -> None:
        """Write into a field."""
        self._field(label).fill(text)

    def picks(self, label: str, option: str) -> None:
        """Choose from a list."""
        self._field(label).select_option(label=self.said(option))

    def ticks(self, *choices: str) -> None:
        """Choose a card, or tick a box."""
        for choice in choices:
            self._field(choice).check()

    def sees(self, *texts: str) -> None:
        """Fails if one of these does not stand on the page."""
        for text in texts:
            expect(self.page.get_by_role("main").get_by_text(self.said(text)).first).to_be_visible()

    def sees_no(self, *texts: str) -> None:
        """Fails if one of these stands on the page."""
        for text in texts:
            expect(self.page.get_by_role("main").get_by_text(self.said(text))).to_have_count(0)

    def said(self, text: str) -> str:
        """A text of the product as this person reads it; what people wrote stays as it is."""
        with override(self.language):
            return gettext(text)

    @property
    def main(self) -> str:
        """All that stands on the page now."""
        return str(self.page.get_by_role("main").inner_text())

    @property
    def path(self) -> str:
        """Where this person is."""
        return str(self.page.url).removeprefix(self.site)

    def _field(self, label: str) -> Any:
        return self.page.get_by_label(self._begins(label)).first

    def _begins(self, name: str) -> re.Pattern[str]:
        return re.compile(rf"^\s*{re.escape(self.said(name))}")

    def _goes_on(self, where: Any, then: str) -> None:
        self.page.locator("body").evaluate(f"body => body.setAttribute('{LEFT}', '')")
        where.click()
        expect(self.page.locator(f"body:not([{LEFT}])")).to_be_attached()
        self._arrived(then)

    def _arrived(self, then: str) -> None:
        self.page.wait_for_load_state()
        if then:
            self.sees(then)
        self.visits.note(self.name, self.page)
