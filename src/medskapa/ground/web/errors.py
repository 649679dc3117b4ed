"""What a lab refuses, in words for the person who asked. The middleware makes a page of it."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Way:
    """Where a refusal leads on: what its button says, and the name of the page on which one can do what is missing."""

    text: str | Promise
    page: str


class LabError(Exception):
    """A refusal with a title, what one can do about it, and a status. Rooms have their own children of it."""

    is_secret = False  # whether even the existence of what was asked for stays unsaid
    wait_seconds: int | None = None  # after how long it is worth trying again
    way: Way | None = None

    def __init__(self, title: str | Promise, text: str | Promise = "", status: int = 409) -> None:
        super().__init__(title)
        self.title = title
        self.text = text
        self.status = status

    def __str__(self) -> str:
        return f"{self.title} {self.text}".strip()
