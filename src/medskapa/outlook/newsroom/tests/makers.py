"""Releases and press contacts, for tests."""

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.outlook.newsroom.actions import add_contact, draft_release, publish_release
from medskapa.outlook.newsroom.models import PressContact, Release


def a_release(
    lab: Lab, title: str = "The library reads letters with you", is_published: bool = True, text: str = "It began with a letter."
) -> Release:
    """A release that everybody can read, unless it is still a draft."""
    release = draft_release(lab, title=title, summary="In one sentence.", text=text, language="en", by=_demo(lab))
    return publish_release(release, by=_demo(lab)) if is_published else release


def a_press_contact(lab: Lab, name: str = "Ines Invented") -> PressContact:
    """Somebody whom the press can call."""
    return add_contact(lab, name=name, says="everything", email="press@example.org", phone="", by=_demo(lab))


def _demo(lab: Lab) -> Actor:
    return Actor.system("demo", lab.public_id)
