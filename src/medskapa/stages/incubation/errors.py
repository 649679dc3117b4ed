"""What supports, goals and reports refuse, in words for the person who asked."""

from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.errors import LabError


class NotSelected(LabError):
    """Support was to be agreed for something that was not selected."""

    def __init__(self) -> None:
        super().__init__(_("Only what was selected gets support."), _("Take the decision first, with its reasons."))


class SayWhatChanged(LabError):
    """A goal was moved or reached late without a word about why."""

    def __init__(self) -> None:
        super().__init__(_("Say what changed."), _("Late is no fault. But others can only learn from it if it says why."), status=422)
