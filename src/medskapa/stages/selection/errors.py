"""What calls, applications, reviews and decisions refuse, in words for the person who asked."""

from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.errors import LabError


class Frozen(LabError):
    """Criteria were to change after the call had opened."""

    def __init__(self) -> None:
        super().__init__(
            _("The call is open, so its text and its criteria are fixed."),
            _("Everyone who applies is judged by what they could read when they wrote."),
        )


class NoCriteria(LabError):
    """A call was to open without saying what counts."""

    def __init__(self) -> None:
        super().__init__(
            _("This call has no criteria yet."), _("Write at least one, so that applicants know what counts. Then open the call.")
        )


class NotAccepting(LabError):
    """Somebody applied before the call opened or after it closed."""

    def __init__(self) -> None:
        super().__init__(_("This call takes no applications now."), _("The page of the call says when it is open."))


class NeedsName(LabError):
    """Somebody without a name applied."""

    def __init__(self) -> None:
        super().__init__(
            _("An application needs somebody with a name."),
            _("With a return code alone nobody can sign an agreement. Ask the people who lead the lab to invite you with your name."),
            status=403,
        )


class NotJuror(LabError):
    """Somebody judged who has no seat in this jury, or a conflict of interest."""

    def __init__(self) -> None:
        super().__init__(_("You do not judge this application."), status=404)


class ReviewUnfinished(LabError):
    """A review was to be sent with something missing."""

    def __init__(self) -> None:
        super().__init__(
            _("The review is not finished."), _("Give each criterion a score, and write two strengths and one thing to change."), status=422
        )


class ReviewSent(LabError):
    """A review was to change after it had been sent."""

    def __init__(self) -> None:
        super().__init__(_("This review is sent, so it stays as it is."), _("You can now read what the other jurors wrote."))


class HasReviews(LabError):
    """A juror with reviews was to leave the jury."""

    def __init__(self) -> None:
        super().__init__(
            _("This juror has already judged."), _("What was written stays. Declare a conflict of interest if a review should not count.")
        )


class NotWeighed(LabError):
    """An application was to be selected without a review of the child's best interests."""

    def __init__(self) -> None:
        super().__init__(
            _("Children's best interests have not been weighed yet."),
            _("Write the review of the child's best interests first, then choose it here."),
            status=422,
        )


class NotAllDecided(LabError):
    """A call was to be decided while somebody still waits."""

    def __init__(self) -> None:
        super().__init__(
            _("Not every application has an answer yet."), _("Decide each of them first. Everyone who applied gets a reason and a way on.")
        )


class Settled(LabError):
    """A review of the child's best interests was to change after a decision had been taken on it."""

    def __init__(self) -> None:
        super().__init__(_("A decision rests on this review, so it stays as it is."), _("If something has changed, write a new one."))
