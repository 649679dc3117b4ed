"""What a teller fills in on their own pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.codes import read_code
from medskapa.ground.web.forms import Form, Words
from medskapa.stages.listening.circles import kinds_of
from medskapa.stages.listening.forms.telling import ReachFields

WRONG = _("That code does not match. Look at the digits once more.")


class CodeForm(Form):
    """The return code, in any script's digits. A typo is told by the check digit, without asking the store."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=100,
        help_text=_("18 digits, in six groups of three. Gaps do not matter."),
        error_messages={"required": _("Type the 18 digits of your code.")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", "spellcheck": "false", "data-unkept": ""}),
    )

    def clean_code(self) -> str:
        """The 18 digits. A typo is not even looked up."""
        code = read_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(WRONG)
        return code


class AddForm(Form):
    """More of a story."""

    words = forms.CharField(label=_("What do you want to add?"), max_length=20_000, widget=Words())


class WriteForm(Form):
    """A few words to the lab."""

    words = forms.CharField(label=_("What do you want to say?"), max_length=5_000, widget=Words({"rows": 5}))


class ReachForm(ReachFields):
    """Who may read a story from now on."""

    def __init__(self, *args: Any, limit: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wish"].required = True
        if limit is not None:
            self.narrow(limit)

    @property
    def kept(self) -> frozenset[str]:
        """The kinds of organisation that never read it from now on."""
        return kinds_of(self.cleaned_data["kept_from"])
