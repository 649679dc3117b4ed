"""What pilots and adoptions refuse, in words for the person who asked."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.errors import LabError


class NotReady(LabError):
    """A pilot that cannot start yet. ``reasons`` say what is missing."""

    def __init__(self, reasons: Sequence[str | Promise]) -> None:
        super().__init__(_("The pilot cannot start yet."), " ".join(str(reason) for reason in reasons))
        self.reasons = tuple(reasons)


class NotChosen(LabError):
    """A pilot that grew from nothing that was selected."""

    def __init__(self) -> None:
        super().__init__(_("A pilot grows from a support, or from what was selected."), _("Choose one of them."), status=422)


class SaidBefore(LabError):
    """What was promised before the start was to change after it."""

    def __init__(self) -> None:
        super().__init__(
            _("This was said before the pilot began, so it stays."),
            _("Who owns it, when it stops and what happens if it works are only worth something if they cannot be changed on the way."),
        )


class AlreadyThere(LabError):
    """A pilot was to be adopted where it is, or where that is noted."""

    def __init__(self) -> None:
        super().__init__(_("The pilot is already there."), _("Choose another municipality."), status=422)


class NoChallenge(LabError):
    """Nothing was said about what comes next."""

    def __init__(self) -> None:
        super().__init__(_("Choose a challenge, or word a new one."), status=422)
