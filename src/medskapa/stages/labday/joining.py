"""What somebody types who joins a gathering, and what stands beside the digits on the wall, in each language of the lab."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.codes import read_code
from medskapa.ground.labs.models import Lab
from medskapa.ground.web import languages
from medskapa.ground.web.forms import Digits, Form
from medskapa.stages.labday.doors import read_digits
from medskapa.stages.listening.forms.telling import age_field

WRONG = _("These digits open nothing now. Look at them once more, or ask somebody who leads the gathering.")
OWN = _("That is your own code. Type the six digits of the gathering first. Your own code comes on the next page.")
ELSEWHERE = _("That code belongs to another lab. Here you need a new one: go on as somebody who is new here.")


class DigitsForm(Form):
    """The six digits on the wall, in any script's digits."""

    digits = forms.CharField(
        label=_("The six digits"),
        max_length=100,
        help_text=_("They stand on the wall or on a paper where you are."),
        error_messages={"required": _("Type the six digits.")},
        widget=Digits(),
    )

    def clean_digits(self) -> str:
        """The six digits. A typo is not even looked up; whoever typed their own code instead is told so."""
        typed = self.cleaned_data["digits"]
        digits = read_digits(typed)
        if digits is None:
            raise forms.ValidationError(OWN if read_code(typed) else WRONG)
        return digits


class NewHereForm(Form):
    """What is asked of somebody without a code."""

    age_band = age_field()


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on the wall in one language."""

    language: str
    direction: str
    text: str


def lines_for(lab: Lab) -> list[Line]:
    """How to join, in each language of the lab that we have, the lab's own first. No SQL."""
    codes = dict.fromkeys([lab.language, *lab.languages])
    return [_in(code) for code in codes if languages.shown_in(code, "labday:join") == code] or [_in(languages.FALLBACK)]


def _in(code: str) -> Line:
    with override(code):
        return Line(code, languages.direction(code), gettext("Open this page on your phone and type the six digits."))
