"""What listening refuses."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from medskapa.ground.safeguarding.marks import Mark
from medskapa.ground.web.errors import LabError


class NotAsked(LabError):
    """A lab that does not receive stories: it is being set up, or closed."""

    def __init__(self) -> None:
        super().__init__(_("This lab does not receive stories right now."), _("Nothing was saved."), status=403)


class LinkOver(LabError):
    """A partner's link on which nobody begins to tell any more."""

    def __init__(self) -> None:
        super().__init__(
            _("This link is not used any more."), _("You can tell on the lab's own page. What was sent before is safe."), status=410
        )


class NothingTold(LabError):
    """A telling without a word."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to send yet."), _("Answer at least one of the questions."), status=422)


class NothingChanged(LabError):
    """A correction that says what was said before."""

    def __init__(self) -> None:
        super().__init__(_("You have not changed anything yet."), _("What you told stands as it did."), status=422)


class WordsChanged(LabError):
    """Something made of words that their teller has corrected since."""

    def __init__(self) -> None:
        super().__init__(
            _("The storyteller has changed their words since you opened them."),
            _("Nothing was saved. Open the story again: what stands there now is what they want to tell."),
            status=409,
        )


class AloneWithRareText(LabError):
    """A text in a language that fewer than five have told in, let go by one person where nobody could be the second."""

    TITLE = _("Fewer than five have told in this language, and nobody else here can say the second yes.")
    TEXT = _("Leave the text in it empty. Then others read the story only in another language.")

    def __init__(self) -> None:
        super().__init__(self.TITLE, self.TEXT, status=422)


class NotAPicture(LabError):
    """A file that is no picture, or one that cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            _("One of the files is not a picture that we can read."),
            _("Choose photos or pictures (JPEG, PNG or WebP). A picture of the picture works, too."),
            status=422,
        )


class PictureTooBig(LabError):
    """A picture with more bytes or pixels than anybody needs."""

    def __init__(self) -> None:
        super().__init__(
            _("One of the pictures is too big."), _("Choose a smaller one, at most 20 MB. A picture of the picture works, too."), status=422
        )


class NotLookedAt(LabError):
    """A picture that somebody wants to let go without having opened it."""

    def __init__(self) -> None:
        super().__init__(
            _("Look at the picture first."), _("Nobody else sees a picture before somebody in the lab has looked at it."), status=409
        )


class MarksLeft(LabError):
    """A text that may point somebody out, in places that nobody has looked at."""

    def __init__(self, marks: Collection[Mark]) -> None:
        super().__init__(
            _("Something in the text may point somebody out."),
            _("Change the marked words, or say that you have seen them and that they may stand."),
            status=422,
        )
        self.marks = tuple(marks)


class MarksNotChecked(LabError):
    """The search for personal data did not work; then nothing is released."""

    def __init__(self) -> None:
        super().__init__(
            _("The text could not be checked for personal data."),
            _("Nothing was released. The story waits where it was. Tell the people who run this installation."),
            status=503,
        )


class NotASound(LabError):
    """A recording that cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            _("We cannot hear your recording."), _("Record it once more, or write instead. What you wrote is still here."), status=422
        )


class NoSound(LabError):
    """A recording without sound, or of less than half a second."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no sound in your recording."), _("Record it once more, or write instead. What you wrote is still here."), status=422
        )


class SoundTooLong(LabError):
    """A recording with more bytes or minutes than somebody can listen to."""

    def __init__(self) -> None:
        super().__init__(_("Your recording is too long."), _("It can be five minutes long at most. Record a shorter one."), status=422)


class NotOnScale(LabError):
    """A mark at a place that the scale does not have, or on a scale of another lab."""

    def __init__(self) -> None:
        super().__init__(_("A mark has to stand on the scale."), _("Nothing was saved. Choose one of the places."), status=422)


class TooManyScales(LabError):
    """More scales at once than somebody wants to answer."""

    def __init__(self) -> None:
        super().__init__(
            _("Six scales are asked already."), _("More would be too much after telling. Stop asking another one first."), status=409
        )


class OwnSecond(LabError):
    """Somebody who would be their own second person."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else has to say yes to this."),
            _("You let it go yourself, and this lab wants two people."),
            status=409,
        )


class OwnStatement(LabError):
    """Somebody who would decide about the statement that they suggested."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else decides about this."), _("You suggested it yourself."), status=409)


class ChosenAnew(LabError):
    """Something that an adult was shown, and that the young person has changed since."""

    def __init__(self) -> None:
        super().__init__(_("The young person has changed something. Read it again before you agree."), status=422)


class FurtherThanAgreed(LabError):
    """A release or a crossing beyond what the teller said yes to."""

    def __init__(self) -> None:
        super().__init__(
            _("The storyteller has not agreed to that."),
            _("A story goes no further than its storyteller said. Choose a smaller circle."),
            status=422,
        )
