"""Forms as the design draws them: label, hint, error, field; a summary of errors first.

A room's form says what it asks; how it looks is said here and in ``templates/web/form/``.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medskapa.ground.web import languages
from medskapa.ground.web.alphabets import keeps_to_one_alphabet, plain_letters, stands_apart

PLAIN = frozenset({"hidden", "checkbox", "radio", "file"})
Hints = Mapping[str, str | Promise]
LINES = (forms.TextInput, forms.EmailInput, forms.URLInput)
TURNS = dict.fromkeys((0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF))


class Renderer(DjangoTemplates):
    """Django's own widgets in our fields."""

    form_template_name = "web/form/form.html"
    field_template_name = "web/form/field.html"


class Words(forms.Textarea):
    """A field for people's own words: large, in serif, read in the direction in which it is written."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "words", "rows": 7, **(attrs or {})})


class Digits(forms.TextInput):
    """A field for digits that somebody reads off something: a keyboard of digits, from left to right, and kept in no draft."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        plain = {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", "spellcheck": "false", "data-unkept": ""}
        super().__init__({**plain, **(attrs or {})})


class Picks(forms.RadioSelect):
    """One of some cards. ``hints`` says more about a choice; ``are_languages`` shows each name in its own language;
    ``are_signs`` draws the sign of the design that each value names.
    """

    template_name = "web/form/picks.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        hints: Hints | None = None,
        are_languages: bool = False,
        are_signs: bool = False,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = hints or {}
        self.are_languages = are_languages
        self.are_signs = are_signs

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Django's option, with its hint, its language and its sign."""
        option = super().create_option(name, value, *args, **kwargs)
        said = str(value or "")
        more = {"language": said if self.are_languages else "", "sign": said if self.are_signs else ""}
        return {**option, "hint": self.hints.get(str(value), ""), **more}


class ManyPicks(Picks):
    """Any number of some cards."""

    allow_multiple_selected = True
    input_type = "checkbox"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All that were picked."""
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Never said to be left out: browsers do not send what was not ticked."""
        return False

    def use_required_attribute(self, initial: Any) -> bool:
        """No: it would ask for every box."""
        return False


class Field(BoundField):
    """A field with the classes of the design, and what the template needs to know about it."""

    @property
    def data(self) -> Any:
        """What was sent. In a line, such as a name, no unseen sign may turn the words around it or make it look like another."""
        sent = super().data
        return plain_letters(sent.translate(TURNS)) if isinstance(sent, str) and isinstance(self.field.widget, LINES) else sent

    @property
    def kind(self) -> str:
        """``tick`` for one box, ``picks`` for a group, ``line`` for everything else."""
        if self.widget_type == "checkbox":
            return "tick"
        return "picks" if self.use_fieldset else "line"

    @property
    def first_id(self) -> str:
        """The element that a link in the summary of errors leads to."""
        return f"{self.auto_id}_0" if self.use_fieldset else str(self.auto_id)

    @property
    def says_optional(self) -> bool:
        """Whether to say that it need not be filled in. Where nothing must be, as in a filter, or where something is always chosen,
        saying so would be noise.
        """
        is_chosen = type(self.field.widget) is forms.Select and all(value for value, _label in self.field.choices)  # type: ignore[attr-defined]
        return not self.field.required and not is_chosen and any(field.required for field in self.form.fields.values())

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes, with the class of the design."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if getattr(widget, "input_type", "") not in PLAIN and not self.use_fieldset:
            built["class"] = f"in {widget.attrs.get('class', '')}".strip()
        if self.field.required and not widget.is_hidden and not self.use_fieldset:
            built["aria-required"] = "true"
        return built


class Dressed:
    """What both kinds of form share."""

    default_renderer: Any = Renderer()  # one for all forms, since it keeps the templates that it has read
    bound_field_class: Any = Field
    use_required_attribute = False  # the page says what is missing, in its own language

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            _as_browsers_have_it(field)
            _ask_plainly(field)
            if isinstance(field, forms.CharField) and isinstance(field.widget, LINES):
                field.validators.append(keeps_to_one_alphabet)


def _as_browsers_have_it(field: forms.Field) -> None:
    """Days and moments are chosen with what the phone has for it."""
    if isinstance(field, forms.DateTimeField) and type(field.widget) is forms.DateTimeInput:
        field.widget.input_type, field.widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(field, forms.DateField) and type(field.widget) is forms.DateInput:
        field.widget.input_type, field.widget.format = "date", "%Y-%m-%d"


def _ask_plainly(field: forms.Field) -> None:
    """What is missing is said in our words, where the room has none of its own."""
    if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
        return
    if isinstance(field, forms.BooleanField):
        field.error_messages["required"] = _("Tick this to go on.")
    elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        field.error_messages["required"] = _("Choose one.")
    else:
        field.error_messages["required"] = _("Fill this in.")


class Form(Dressed, forms.Form):
    """A form that stores nothing by itself."""


class Beside:
    """What forms for a name share that others see. ``beside``: the names it will stand beside, which it must not be taken for."""

    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, beside: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._beside = beside

    def clean_name(self) -> str:
        """None that looks just like another in other letters."""
        name: str = self.cleaned_data["name"]
        stands_apart(name, self._beside)
        return name


class ModelForm(Dressed, forms.ModelForm):
    """A form that takes fields and limits from a model. Views hand its clean values to an action; they never save it."""


def language_choices(codes: list[str]) -> list[tuple[str, str]]:
    """Choices of languages by their own names."""
    return [(code, languages.own_name(code)) for code in codes]
