"""Text of a release, from Markdown to HTML that holds nothing but plain elements of text.

The one place of this room where HTML is handed to a template as it is: markdown-it renders without raw HTML, and nh3
keeps only the elements named here.
"""

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

ELEMENTS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr"}
_markdown = MarkdownIt("commonmark", {"html": False})


def rendered(text: str) -> SafeString:
    """The text as HTML. Scripts, handlers, pictures and links that are not http(s) or mailto do not survive."""
    clean = nh3.clean(
        _markdown.render(text),
        tags=ELEMENTS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return SafeString(clean)
