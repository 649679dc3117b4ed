"""Prototypes: made from ideas, changed version by version, stopped with a reason that is a result."""

from django.db.models import Max
from django.utils.translation import gettext as _

from medskapa.ground.labs.models import Gathering
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.stages.cocreation.models import Idea, Prototype, PrototypeVersion, Team


@action("prototype.make")
def make_prototype(
    idea: Idea,
    *,
    title: str,
    summary: str,
    language: str,
    by: Actor,
    what: str = "",
    team: Team | None = None,
    gathering: Gathering | None = None,
    source: str | None = None,
) -> Prototype:
    """Make an idea so that it can be tried. ``what`` becomes its first version. Raises WrongState for an idea that was set aside."""
    if idea.state == Idea.State.SHARED:
        idea.move_to(Idea.State.PROTOTYPED)
    elif idea.state == Idea.State.SET_ASIDE:
        raise WrongState(_("This idea was set aside."), _("Take it up again first."))
    prototype = Prototype.objects.create(
        lab=idea.lab, idea=idea, team=team, gathering=gathering, title=title, summary=summary, language=language, source=source
    )
    if what:
        note(PrototypeVersion.objects.create(lab=idea.lab, prototype=prototype, number=1, what=what))
    return prototype


@action("prototype.edit")
def edit_prototype(
    prototype: Prototype, *, title: str, summary: str, language: str, team: Team | None, gathering: Gathering | None, by: Actor
) -> Prototype:
    """Word a prototype anew, and say which team makes it and on which day it began."""
    prototype.title, prototype.summary, prototype.language = title, summary, language
    prototype.team, prototype.gathering = team, gathering
    prototype.save(update_fields=["title", "summary", "language", "team", "gathering"])
    return prototype


@action("prototype.add_version")
def add_version(prototype: Prototype, *, what: str, by: Actor, link: str = "") -> PrototypeVersion:
    """Say what it looks like now. A prototype that was tested is being built again. Raises WrongState for one that was stopped."""
    if prototype.state == Prototype.State.STOPPED:
        raise WrongState(_("This prototype was stopped."), _("Take it up again first."))
    if prototype.state == Prototype.State.TESTED:
        prototype.move_to(Prototype.State.BUILDING)
    last = prototype.versions.aggregate(last=Max("number"))["last"] or 0
    return PrototypeVersion.objects.create(lab=prototype.lab, prototype=prototype, number=last + 1, what=what, link=link)


@action("prototype.edit_version")
def edit_version(version: PrototypeVersion, *, what: str, by: Actor, link: str = "") -> PrototypeVersion:
    """Put right how a version is described. What looks different is a new version."""
    version.what, version.link = what, link
    version.save(update_fields=["what", "link"])
    return version


@action("prototype.stop")
def stop_prototype(prototype: Prototype, *, reason: str, by: Actor) -> Prototype:
    """Stop a prototype. The reason is a result: others find it before they try the same. Raises WrongState."""
    prototype.move_to(Prototype.State.STOPPED, reason=reason)
    return prototype


@action("prototype.take_up")
def take_up_prototype(prototype: Prototype, *, by: Actor) -> Prototype:
    """Build on a prototype again that was stopped. Raises WrongState."""
    prototype.move_to(Prototype.State.BUILDING, reason="")
    return prototype
