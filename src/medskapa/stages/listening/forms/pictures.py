"""The field for pictures: whatever is chosen comes out drawn anew, or is refused with a message that says what to do."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from medskapa.ground.web.uploads import MOST_BYTES
from medskapa.stages.listening.errors import NotAPicture, PictureTooBig
from medskapa.stages.listening.models import Picture
from medskapa.stages.listening.pictures import redrawn


class Files(forms.FileInput):
    """Any number of files."""

    allow_multiple_selected = True


class PicturesField(forms.Field):
    """Up to three pictures. Its value is a list of JPEGs."""

    widget = Files(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def __init__(self) -> None:
        super().__init__(
            label=_("Do you want to send pictures, too?"),
            required=False,
            help_text=_(
                "Up to three. Where and when they were taken is removed. Others see them only once somebody has covered faces and writing."
            ),
        )

    def clean(self, value: list[UploadedFile] | None) -> list[bytes]:
        """The pictures, drawn anew."""
        files = value or []
        if len(files) > Picture.MOST:
            raise forms.ValidationError(_("Choose at most three pictures."))
        return [redrawn_or_refused(file) for file in files]

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        """Several can be chosen at once."""
        return {"multiple": True}


def redrawn_or_refused(file: UploadedFile) -> bytes:
    """The picture in a file, drawn anew. Raises ValidationError that says what to do."""
    try:
        if (file.size or 0) > MOST_BYTES:
            raise PictureTooBig
        return redrawn(file.read())
    except (PictureTooBig, NotAPicture) as error:
        raise forms.ValidationError(f"{error.title} {error.text}") from None
