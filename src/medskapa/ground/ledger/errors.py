"""The refusals that every room knows."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.errors import LabError


class NotAllowed(LabError):
    """The actor may not do this. Where its being there is itself a secret, the page says "not found"."""

    def __init__(self, title: str | Promise = "", text: str | Promise = "", *, secret: bool = False) -> None:
        title = title or _("You may not do this.")
        text = text or _("It needs another role. The people who lead the lab can tell you more.")
        super().__init__(title, text, status=404 if secret else 403)
        self.is_secret = secret


class WrongState(LabError):
    """What was asked for is no longer, or not yet, possible: somebody else was faster, or a step is missing."""

    def __init__(self, title: str | Promise = "", text: str | Promise = "") -> None:
        title = title or _("This has changed in the meantime.")
        super().__init__(title, text or _("Open the page again to see how it is now."), status=409)


class BadCode(LabError):
    """A return code that leads to nothing. Says the same for a wrong code and for one that was never given."""

    def __init__(self) -> None:
        super().__init__(
            _("This code does not open anything."),
            _("Look at the digits once more. There are 18 of them, in six groups of three."),
            status=422,
        )


class TooMany(LabError):
    """Asked too often from one place; says after how long it is worth trying again."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(_("That was very often."), _("Wait a little, then try again."), status=429)
        self.wait_seconds = wait_seconds


class Conflict(LabError):
    """The same form came before with other content, or so long ago that its answer is no longer kept."""

    def __init__(self, title: str | Promise = "", text: str | Promise = "") -> None:
        title = title or _("This form was already sent, with other content.")
        text = text or _("What you sent first is kept. To send something else, open the page again and fill it in anew.")
        super().__init__(title, text, status=409)


class NoFormKey(LabError):
    """A form that writes came without the key that lets it be sent twice without harm."""

    def __init__(self) -> None:
        super().__init__(_("This form cannot be sent like this."), _("Open the page again, fill it in, and send it."), status=400)


class SealBroken(LabError):
    """Sealed words whose seal does not fit: changed, moved to another place, or sealed under another master key."""

    def __init__(self) -> None:
        super().__init__(_("Something here cannot be opened."), _("The people who run this installation have to look at it."), status=500)
