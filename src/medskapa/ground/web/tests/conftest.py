"""The frame of the pages without the rooms inside it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

ROOMS_THAT_COME_LATER = ("medskapa.ground.labs.middleware.LabOfRequest",)


def alone() -> dict[str, Any]:
    """Settings under which the design system stands by itself."""
    return {
        "ROOT_URLCONF": "medskapa.ground.web.tests.urls",
        "MIDDLEWARE": [name for name in settings.MIDDLEWARE if name not in ROOMS_THAT_COME_LATER],
        "TEMPLATES": [
            {**engine, "OPTIONS": {"context_processors": [name for name in engine["OPTIONS"]["context_processors"] if "labs" not in name]}}
            for engine in settings.TEMPLATES
        ],
        "LOGIN_URL": "/sign-in/",
    }


@pytest.fixture
def frame() -> Iterator[Client]:
    """A browser that sees the design system's own pages, and errors as people see them."""
    with override_settings(**alone()):
        yield Client(raise_request_exception=False)
