"""The verbs of the press room."""

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.outlook.newsroom.models import PressContact, Release


@action("release.edit")
def draft_release(lab: Lab, *, title: str, summary: str, text: str, language: str, by: Actor, source: str | None = None) -> Release:
    """Begin a release; nobody outside the team sees it before it is published. Raises NotAllowed."""
    return Release.objects.create(lab=lab, title=title, summary=summary, text=text, language=language, source=source)


@action("release.edit")
def edit_release(release: Release, *, title: str, summary: str, text: str, language: str, by: Actor) -> Release:
    """Change a release. Raises NotAllowed."""
    release.title, release.summary, release.text, release.language = title, summary, text, language
    release.save(update_fields=["title", "summary", "text", "language"])
    return release


@action("release.publish")
def publish_release(release: Release, *, by: Actor) -> Release:
    """Let everybody read a release. Raises NotAllowed, WrongState."""
    release.move_to(Release.State.PUBLISHED, published_at=now())
    return release


@action("release.publish")
def take_release_back(release: Release, *, by: Actor) -> Release:
    """Make a published release a draft again. Raises NotAllowed, WrongState."""
    release.move_to(Release.State.DRAFT)
    return release


@action("contact.edit")
def add_contact(lab: Lab, *, name: str, says: str, email: str, phone: str, by: Actor) -> PressContact:
    """Name somebody whom the press can reach. Raises NotAllowed."""
    return PressContact.objects.create(lab=lab, name=name, says=says, email=email, phone=phone, order=lab.press_contacts.count())


@action("contact.edit")
def edit_contact(contact: PressContact, *, name: str, says: str, email: str, phone: str, by: Actor) -> PressContact:
    """Change a press contact. Raises NotAllowed."""
    contact.name, contact.says, contact.email, contact.phone = name, says, email, phone
    contact.save(update_fields=["name", "says", "email", "phone"])
    return contact


@action("contact.edit")
def remove_contact(contact: PressContact, *, by: Actor) -> None:
    """Take a press contact away. Raises NotAllowed."""
    contact.delete()
