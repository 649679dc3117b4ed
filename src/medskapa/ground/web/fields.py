"""Fields that every room may use."""

from typing import Any

from django.db import models


class LanguageField(models.CharField):
    """A BCP 47 tag such as ``sv`` or ``prs``; which tags a form offers is said in ``web.languages``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 12)
        super().__init__(*args, **kwargs)
