"""The field for a recording: it comes out written anew, or is refused with a message that says what to do."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.uploads import MOST_BYTES
from medskapa.stages.listening.errors import NoSound, NotASound, SoundTooLong
from medskapa.stages.listening.recordings import Sound, resounded


class RecordingField(forms.Field):
    """A recording made in the page, whose script fills this in, or chosen as a file. Its value is a Sound, or None."""

    widget = forms.FileInput(attrs={"accept": "audio/*", "id": "id_sound", "data-voice-file": True})

    def __init__(self) -> None:
        super().__init__(
            label=_("Do you want to send your voice, too?"),
            required=False,
            help_text=_(
                "A recording of up to 5 minutes. Only those who read stories first and those who translate hear it. "
                "They write down what you say, and then your voice is deleted."
            ),
        )

    def clean(self, value: UploadedFile | None) -> Sound | None:
        """The recording, written anew."""
        if value is None:
            return None
        try:
            if (value.size or 0) > MOST_BYTES:
                raise SoundTooLong
            return resounded(value.read())
        except (SoundTooLong, NoSound, NotASound) as error:
            raise forms.ValidationError(f"{error.title} {error.text}") from None
