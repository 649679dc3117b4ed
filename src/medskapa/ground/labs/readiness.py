"""What a lab still lacks before it can open for stories, in plain words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.errors import NotReady
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.vouching import unconfirmed
from medskapa.ground.people.roles import Role


@dataclass(frozen=True, slots=True)
class Button:
    """What mends a thing at once: the button's text, and the address that it sends to."""

    text: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, and the page of the set-up where it is said, or a button that mends it."""

    step: str
    text: str | Promise
    button: Button | None = None


ASKED: list[Callable[[Lab], list[Missing]]] = []


def ask_before_opening(check: Callable[[Lab], list[Missing]]) -> None:
    """Let a later room say what a lab needs on the day it opens. Called once, when everything starts."""
    if check not in ASKED:
        ASKED.append(check)


def missing(lab: Lab) -> list[Missing]:
    """Everything that keeps a lab from opening, in the order of the set-up. Three SQL queries."""
    return [*(Missing(step, text) for step, is_there, text in _checks(lab) if not is_there), *_languages(lab), *_officer(lab)]


def asked(lab: Lab) -> list[Missing]:
    """What later rooms want before a lab opens. What it costs is theirs to say."""
    return [item for check in ASKED for item in check(lab)]


def lacking(lab: Lab) -> list[Missing]:
    """What keeps a lab from opening now: first what the set-up lacks, and once nothing does, what later rooms want.

    Of an open lab only what it may not be without. Three SQL queries, and those of ``asked``.
    """
    return missing(lab) or ([] if lab.state == Lab.State.OPEN else asked(lab))


def _languages(lab: Lab) -> list[Missing]:
    """That nobody answers for a language. One SQL query, none in local mode or in a demo."""
    text = _("No speaker has read what has to be understood in %(language)s. You can let people tell in it by your own name.")
    return [Missing("languages", text % {"language": name}) for name in unconfirmed(lab)]


def _officer(lab: Lab) -> list[Missing]:
    if roles_in_force(lab).filter(role=Role.SAFEGUARDING_OFFICER).exists():
        return []
    return [Missing("help", _("A safeguarding officer has to be in place. Whoever you invited has to open the link first."))]


def _checks(lab: Lab) -> list[tuple[str, bool, str | Promise]]:
    return [
        ("name", bool(lab.name and lab.target_group), _("Say what the lab is called and who it is for.")),
        ("host", bool(lab.host_kind and lab.host_id), _("Say who hosts the lab and what kind of host that is.")),
        ("languages", bool(lab.languages), _("Choose at least one language that people can tell in.")),
        ("phases", lab.phases.exists(), _("Say in at least one phase what young people decide, advise on or are told.")),
        ("help", lab.help_contacts.exists(), _("Name at least one place where a young person gets help now.")),
    ]


def lost_in_time(lab: Lab) -> list[Missing]:
    """What an open lab has lost without anybody's doing: the role of its officer ran out. One SQL query, none while it is not open."""
    return _officer(lab) if lab.state == Lab.State.OPEN else []


def stay_ready(lab: Lab) -> None:
    """Ask this after a change. Raises NotReady with the reasons if an open lab has lost what it may not be without."""
    if lab.state == Lab.State.OPEN and (reasons := missing(lab)):
        raise NotReady([reason.text for reason in reasons])
