"""Files that people send stay in memory and never lie on a disk as they came; one that is too long is let go on its way in.

Of such a file only its length is known, so that the form comes back with a message and with all the words that were sent with it.
"""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

MOST_BYTES = 20 * 2**20  # of one file
TOGETHER = 3 * MOST_BYTES
AT_ONCE = 2 * TOGETHER  # of one request: some more than is held, so that the form can come back with its words


def is_too_long(request: HttpRequest) -> bool:
    """Whether a request says that it is longer than anything that has to be read to be answered well."""
    said = str(request.META.get("CONTENT_LENGTH") or "")
    return said.isdecimal() and int(said) > AT_ONCE


class InMemory(FileUploadHandler):
    """The one handler of uploads (``FILE_UPLOAD_HANDLERS``)."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._held = 0
        self._file = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """The next file begins."""
        super().new_file(*args, **kwargs)
        self._file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold on to a piece of it, unless it is more than anybody may send."""
        length = start + len(raw_data)
        if length <= MOST_BYTES and self._held + length <= TOGETHER:
            self._file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, empty if it was too long; it says its true length in any case."""
        is_whole = self._file.tell() == file_size
        content, self._file = (self._file if is_whole else BytesIO()), BytesIO()
        self._held += file_size if is_whole else 0
        content.seek(0)
        return InMemoryUploadedFile(
            content, self.field_name, self.file_name or "", self.content_type or "", file_size, self.charset, self.content_type_extra
        )
