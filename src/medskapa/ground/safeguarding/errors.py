"""What safeguarding refuses."""

from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.errors import LabError


class NotProvedLately(LabError):
    """An identity is opened only by somebody who showed a few minutes ago who they are."""

    def __init__(self) -> None:
        super().__init__(
            _("Show once more who you are."),
            _("An identity is opened only within 15 minutes of signing in. Sign out, sign in again, and come back to this page."),
            status=403,
        )
