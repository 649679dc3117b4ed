"""What the set-up proposes, so that a lab stands in ten minutes: phases with who decides what, and where to get help."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DAYS = 60  # of each phase proposed


@dataclass(frozen=True, slots=True)
class PhaseProposed:
    """A phase, and what young people decide, advise on and are told in it."""

    name: str | Promise
    young_decide: str | Promise
    young_advise: str | Promise
    young_are_told: str | Promise


PHASES = (
    PhaseProposed(
        _("Listen"),
        _("What is told, who may read it, and when to stop."),
        _("Which questions we ask."),
        _("What each story is used for."),
    ),
    PhaseProposed(
        _("Understand"),
        _("Whether an insight says what they meant."),
        _("Which problems come first."),
        _("How the insights were found."),
    ),
    PhaseProposed(
        _("Create and try"),
        _("Which ideas are built, and what changes in them after each trial."),
        _("Who is needed around the table."),
        _("What the law and the money allow."),
    ),
    PhaseProposed(
        _("Choose and support"),
        _("Which criteria a jury looks at, and who of them sits in it."),
        _("Which ideas get support."),
        _("Who decides in the end, and why."),
    ),
    PhaseProposed(
        _("Make it real and give back"),
        _("Whether their name is shown."),
        _("What has to change in what is tried."),
        _("What became of each story, in their own language."),
    ),
)


@dataclass(frozen=True, slots=True)
class HelpProposed:
    """Somewhere a young person gets help, which the host checks before opening."""

    name: str | Promise
    phone: str
    says: str | Promise


HELP = (
    HelpProposed(_("Emergency number"), "112", _("If somebody is in danger now. All hours.")),
    HelpProposed(_("Children's helpline (Bris)"), "116 111", _("If you are under 18 and want to talk. It costs nothing.")),
)


def proposed_phases(today: date) -> list[dict[str, object]]:
    """The phases one after another from today, as a form shows them."""
    return [
        {
            "name": str(phase.name),
            "starts_on": today + timedelta(days=DAYS * place),
            "ends_on": today + timedelta(days=DAYS * (place + 1) - 1),
            "young_decide": str(phase.young_decide),
            "young_advise": str(phase.young_advise),
            "young_are_told": str(phase.young_are_told),
        }
        for place, phase in enumerate(PHASES)
    ]


def proposed_help() -> list[dict[str, object]]:
    """Where to get help, as a form shows it."""
    return [{"name": str(place.name), "phone": place.phone, "says": str(place.says)} for place in HELP]
