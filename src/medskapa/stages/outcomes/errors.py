"""What indicators and measurements refuse, in words for the person who asked."""

from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.errors import LabError


class Frozen(LabError):
    """An indicator was to change after something had been measured with it."""

    def __init__(self) -> None:
        super().__init__(
            _("Something was measured with this indicator, so it stays as it is."),
            _("Otherwise the numbers before and after would not mean the same. Write a new indicator if you need another one."),
        )


class NotYet(LabError):
    """A measurement from a day to come."""

    def __init__(self) -> None:
        super().__init__(_("That day is still to come."), _("Write the day on which it was measured."), status=422)
