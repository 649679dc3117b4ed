"""Refusals of giving back."""

from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.errors import LabError


class NobodyToTell(LabError):
    """An echo that nobody would hear."""

    def __init__(self) -> None:
        super().__init__(
            _("No story leads here yet, so there is nobody to tell."), _("Link an insight with its stories first."), status=422
        )
