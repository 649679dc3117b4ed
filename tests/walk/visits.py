"""What was visited in a walk, and what the accessibility checker found there."""

from typing import Any


class Visits:
    def __init__(self) -> None:
        self.seen: list[tuple[str, str, str]] = []

    def note(self, who: str, page: Any) -> None:
        self.seen.append((who, page.url, page.title()))
