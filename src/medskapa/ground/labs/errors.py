"""What labs refuse, in words for the person who asked."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medskapa.ground.people.rules import Rule
from medskapa.ground.web.errors import LabError


class NotReady(LabError):
    """A lab that cannot open yet. ``reasons`` say what is missing."""

    def __init__(self, reasons: Sequence[str | Promise]) -> None:
        super().__init__(_("The lab cannot open yet."), " ".join(str(reason) for reason in reasons), status=409)
        self.reasons = tuple(reasons)


class RolesClash(LabError):
    """Two roles that one person may not hold together; the rule says why."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(_("One person cannot have both of these roles."), rule.reason, status=409)
        self.rule = rule


class NotForYourself(LabError):
    """A role that nobody may give to themselves."""

    def __init__(self) -> None:
        super().__init__(
            _("You cannot give this role to yourself."),
            _("Whoever guards the young people in the lab has to be somebody else than the person who chooses them."),
            status=409,
        )


class InvitationOver(LabError):
    """An invitation that was used, taken back or is too old. The page says the same for one that never was."""

    def __init__(self) -> None:
        super().__init__(
            _("This invitation is no longer valid."),
            _("It works once, and for 14 days. Ask whoever invited you for a new one."),
            status=410,
        )


class AlreadyHere(LabError):
    """Somebody who takes part already."""

    def __init__(self) -> None:
        super().__init__(_("This person takes part in the lab already."), _("Open their page to give them one more role."), status=409)
