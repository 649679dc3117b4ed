"""What giving back asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.forms import Form
from medskapa.ground.web.languages import own_name


class EchoForm(Form):
    """One sentence about what happened, in the lab's language and in every other language its hearers read."""

    title = forms.CharField(
        label=_("What happened, in one sentence"),
        help_text=_("Plain words. Say what it means for the one who told."),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: object, languages: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        for code in languages:
            field = forms.CharField(
                label=own_name(code),
                required=False,
                max_length=300,
                widget=forms.Textarea({"rows": 3, "lang": code, "dir": "auto", "class": "in"}),
            )
            self.fields[f"in_{code}"] = field

    @property
    def wordings(self) -> dict[str, str]:
        """The sentence in other languages, where one was written."""
        return {code: self.cleaned_data[f"in_{code}"] for code in self.languages if self.cleaned_data[f"in_{code}"]}
