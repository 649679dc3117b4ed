"""Addresses that begin with a language, and words in addresses that are checked before a view is called."""

import re
from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import LocalePrefixPattern

from medskapa.ground.web import languages

OF_TELLERS = re.compile(r"/[A-Za-z-]+/((labs/[^/]+/)?(tell|help|rights|conversations/[^/]+/(answer|place|suggest))/|return/|agree/|join/)")


class LanguagePrefix(LocalePrefixPattern):
    """The language that was asked for, also where the page has to come in English."""

    @property
    def language_prefix(self) -> str:
        return f"{languages.asked()}/"


def in_languages(*urls: URLPattern | URLResolver | Any) -> list[URLResolver | URLPattern]:
    """As Django's ``i18n_patterns``, for all our languages."""
    resolvers = i18n_patterns(*urls)
    for resolver in resolvers:
        resolver.pattern = LanguagePrefix()
    return resolvers


def is_of_a_teller(path: str) -> bool:
    """Whether this is on the way of somebody who tells, answers statements or comes back with a code, as far as an address can say."""
    return OF_TELLERS.match(path) is not None
