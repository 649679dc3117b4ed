"""Roles that one person may not hold together, and why. General ones are refused when a role is given; those within a call
or a support are asked for by the rooms that have calls and supports.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medskapa.ground.ledger.actors import TEAM_ROLES
from medskapa.ground.people.roles import Role

APPLICANT = "applicant"  # whoever stands behind an application, in whichever role


class Within(TextChoices):
    """Where two roles may not meet."""

    LAB = "lab", _("in one lab")
    CALL = "call", _("in one call")
    SUPPORT = "support", _("in one support")


@dataclass(frozen=True, slots=True)
class Rule:
    """Two roles that may not meet in one person, where, and why."""

    one: str
    other: str
    within: Within
    reason: str | Promise

    @property
    def names(self) -> tuple[str | Promise, str | Promise]:
        """The two roles as people call them."""
        return name_of(self.one), name_of(self.other)


_READER = _("Whoever reads for a board, a funder or an audit sees released figures only. Working in the lab shows more than that.")
_PRESS = _("Whoever can see who somebody is does not also speak to the press.")
_PAY = _("Nobody runs and pays out a call that they apply to.")
_JUDGE = _("Nobody judges their own application.")

FORBIDDEN: tuple[Rule, ...] = (
    Rule(Role.PRESS_OFFICER, Role.SAFEGUARDING_OFFICER, Within.LAB, _PRESS),
    Rule(Role.PRESS_OFFICER, Role.SAFEGUARDING_DEPUTY, Within.LAB, _PRESS),
    Rule(
        Role.SAFEGUARDING_OFFICER,
        Role.SAFEGUARDING_DEPUTY,
        Within.LAB,
        _("The deputy steps in when the officer cannot, so it has to be another person."),
    ),
    *(Rule(Role.READER, role, Within.LAB, _READER) for role in TEAM_ROLES),
    Rule(Role.READER, Role.JUROR, Within.LAB, _READER),
    Rule(Role.JUROR, APPLICANT, Within.CALL, _JUDGE),
    Rule(Role.JUROR, Role.INNOVATOR, Within.CALL, _JUDGE),
    Rule(Role.PROGRAMME_MANAGER, APPLICANT, Within.CALL, _PAY),
    Rule(Role.PROGRAMME_MANAGER, Role.INNOVATOR, Within.CALL, _PAY),
    Rule(Role.PROGRAMME_MANAGER, Role.JUROR, Within.CALL, _("Whoever pays does not also sit in the jury.")),
    Rule(Role.COACH, Role.JUROR, Within.CALL, _("Whoever coaches an applicant hopes for them, and so does not judge.")),
    Rule(Role.MENTOR, Role.JUROR, Within.CALL, _("Whoever is an applicant's mentor hopes for them, and so does not judge.")),
    Rule(Role.COACH, Role.INNOVATOR, Within.SUPPORT, _("Nobody is their own coach.")),
    Rule(Role.MENTOR, Role.INNOVATOR, Within.SUPPORT, _("Nobody is their own mentor.")),
)


def forbidden(one: str, other: str, *, within: Within | None = None) -> Rule | None:
    """The rule that keeps these two roles apart, in either order, if there is one; ``within`` asks for one place only."""
    pair = {str(one), str(other)}
    return next((rule for rule in FORBIDDEN if {rule.one, rule.other} == pair and within in {None, rule.within}), None)


def clash(role: str, held: Iterable[str], *, within: Within = Within.LAB) -> Rule | None:
    """The first rule that a role breaks beside those already held."""
    return next((rule for other in sorted(held) if (rule := forbidden(role, other, within=within))), None)


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """All roles that one role may not meet for the same reason, as a page shows them."""

    one: str | Promise
    others: tuple[str | Promise, ...]
    reason: str | Promise

    @property
    def others_in_a_row(self) -> str:
        """The other roles, parted by commas."""
        return ", ".join(str(other) for other in self.others)


def groups_within(within: Within) -> list[RuleGroup]:
    """The rules of one place, those of one role and one reason together."""
    found: dict[tuple[str, int], list[Rule]] = {}
    for rule in FORBIDDEN:
        if rule.within == within:
            found.setdefault((rule.one, id(rule.reason)), []).append(rule)
    return [RuleGroup(rules[0].names[0], tuple(rule.names[1] for rule in rules), rules[0].reason) for rules in found.values()]


def name_of(role: str) -> str | Promise:
    """What people call a role, applicants included."""
    return _("Applicant") if role == APPLICANT else Role(role).label
