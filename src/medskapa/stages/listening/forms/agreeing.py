"""What an adult fills in who agrees for a young person, and every word in which anybody agrees."""

from collections.abc import Iterator

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medskapa.ground.safeguarding.models import Representative
from medskapa.ground.web.forms import Form, Picks
from medskapa.stages.listening.forms.own import CodeForm, ContactForm
from medskapa.stages.listening.forms.telling import TellForm
from medskapa.stages.listening.models import Consent

# Where a choice is said in words beside its fields, a story waits, a code is handed over, an adult agrees, or something is taken back.
CONSENT_PAGES = (
    "listening/tell/before.html",
    "listening/tell/choice.html",
    "listening/tell/helped.html",
    "listening/tell/helping.html",
    "listening/whole.html",
    "listening/tell/whole_said.html",
    "listening/tell/whole_choice.html",
    "listening/tell/queue.html",
    "listening/tell/read_back.html",
    "listening/code.html",
    "listening/parts/tag.html",
    "listening/tell/adult.html",
    "listening/agree.html",
    "listening/own_contact.html",
    "listening/own_withdraw.html",
    "listening/own_stop.html",
)


class AdultCodeForm(CodeForm):
    """The code that the young person handed over."""


class AgreeForm(Form):
    """Who agrees."""

    type = forms.ChoiceField(label=_("How do you speak for them?"), choices=Representative.Type.choices, widget=Picks())
    name = forms.CharField(
        label=_("Your name"), max_length=120, help_text=_("It is locked at once. Only the safeguarding officer can open it.")
    )


def consent_texts() -> Iterator[str | Promise]:
    """What the fields of a telling, of contact and of an adult's yes say: levels, circles, the end, research, voice, pictures, and as what
    an adult speaks; and what each yes is for."""
    for form in (TellForm, ContactForm, AgreeForm):
        for field in form.base_fields.values():
            hints = getattr(field.widget, "hints", {}).values()
            choices = [label for _value, label in getattr(field, "choices", ())]
            yield from (text for text in (field.label, field.help_text, *choices, *hints) if text)
    yield from Consent.Purpose.labels
