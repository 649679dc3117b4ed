"""What somebody could write to make a page do or say something that is not ours, and how one would notice.

Each text bears a sign of its own, ``zq17x``. A page that lets a text through has the sign where no words belong: in the name of an
element or an attribute, in an address that a browser follows, in a script, a style or a comment.
"""

import re
from html.parser import HTMLParser


def _texts(many: str) -> list[str]:
    return [one.strip(" \n") for one in many.split(" ¦")]


BREAKOUTS = [
    "",
    *_texts(r"""
"> ¦ '> ¦ </textarea> ¦ </title> ¦ </script> ¦ </style> ¦ --> ¦ ]]> ¦ </option></select> ¦ </bdi></a> ¦ \"> ¦ <<
"""),
]
ELEMENTS = _texts("""
<script>zq()</script> ¦ <zq> ¦ <img src=x onerror=zq()> ¦ <svg/onload=zq()> ¦ <iframe srcdoc='zq'> ¦ <a href=javascript:zq()>x</a> ¦
<style>zq{}</style> ¦ <base href=//zq/> ¦ <form action=//zq><button>x ¦ <link rel=stylesheet href=//zq> ¦
<meta http-equiv=refresh content=0;url=//zq>
""")
MARKUP = _texts("""
<!--zq--> ¦ <?zq?> ¦ <!zq> ¦ <a zq> ¦ <svg><script>zq()</script></svg> ¦ <math><mi zq=1> ¦ <object data=//zq> ¦ <embed src=//zq> ¦
<video><source onerror=zq()> ¦ <details open ontoggle=zq()> ¦ <input autofocus onfocus=zq()> ¦ <body onpageshow=zq()> ¦
<template><zq></template> ¦ <noscript><zq></noscript> ¦ <xmp><zq> ¦ <svg><use href=//zq#x> ¦ <marquee onstart=zq()> ¦
<svg><animate onbegin=zq() attributeName=x> ¦ <button popovertarget=zq> ¦ <scr<script>ipt>zq()</script> ¦ <zq/ > ¦ <img srcset="//zq 1x">
""")
ATTRIBUTES = _texts(r"""
" onfocus=zq() autofocus x=" ¦ ' onfocus=zq() autofocus x=' ¦ x onclick=zq() ¦ " zq=" ¦ ' zq=' ¦ " style="background:url(//zq)" x=" ¦
" formaction="//zq" x=" ¦ "/onpointerover=zq()// ¦ " srcset="//zq 1x" x=" ¦ " hx-get="//zq" hx-trigger="load" x=" ¦ " hx-on:load="zq()" x="
""")
ADDRESSES = _texts("""
javascript:zq() ¦ JaVaScRiPt:zq() ¦ java\tscript:zq() ¦ data:text/html,zq ¦ vbscript:zq() ¦ //zq/ ¦ \x01javascript:zq()
""")
CODED = _texts(r"""
&quot; onclick=zq() &quot; ¦ &#34;&#62;<zq ¦ %22%3E%3Czq%3E ¦ \x3czq\x3e ¦ \u003cscript\u003ezq()\u003c/script\u003e ¦
+ADw-script+AD4-zq()+ADw-/script+AD4- ¦ &#106;avascript:zq() ¦ &lt;zq&gt; ¦ &amp;lt;zq&amp;gt; ¦ </zq> ¦ <![CDATA[zq]]> ¦
<zq
""")
TEMPLATES = _texts(r"""
{{7|add:42}}zq ¦ {{7*7}}zq ¦ {% debug %}zq ¦ {% load x %}zq ¦ {# zq ¦ {{ request.actor }}zq ¦ ${7*7}zq ¦ #{7*7}zq ¦ <%= 7*7 %>zq ¦ %(zq)s ¦
%s%d%zq ¦ {zq} ¦ {0.__class__}zq ¦ {0!r:>{1}}zq ¦ $zq ¦ `zq` ¦ $(zq) ¦ '; DROP TABLE zq;-- ¦ ' OR 1=1 --zq ¦ " OR "zq"=" ¦ \'; zq
""")
MARKDOWN = _texts(r"""
[x](javascript:zq) ¦ [x](java&#115;cript:zq) ¦ ![x](//zq) ¦ ![x](https://zq/ 'onerror=zq()') ¦ <javascript:zq> ¦ [x](<javascript:zq>) ¦
[x](//x "t\" onclick=zq) ¦ [x](data:text/html,zq) ¦ ```<zq>``` ¦ # <zq> ¦ > <zq> ¦ - <img src=//zq> ¦ [<zq>](x) ¦ \<zq\> ¦ `<zq>` ¦ &lt;zq>
""")
SIGNS = _texts("""
\u202ezq\u202d ¦ \u202a\u05d6zq ¦ \u202bzq ¦ \u2066zq\u2067 ¦ \u2068zq ¦ \u200fzq\u200e ¦ \u061czq ¦ \u2069\u202czq ¦
\u202e</bdi>zq ¦ \u200b\u2060zq\ufeff ¦ \u200dzq\u200c ¦ zqa\u0301\u0489\u0301\u0489\u0301\u0489\u0301\u0489\u0301\u0489 ¦
\u0c1c\u0c4d\u0c1e\u200c\u0c3ezq ¦ \U000e0041zq ¦ \ufffezq ¦ \x1b[2Jzq ¦ \x08\x7fzq ¦ zq\u2028zq()\u2029zq ¦ \r\nSet-Cookie: zq=1 ¦
\U0001f468\u200d\U0001f469zq ¦ p\u0430ypal zq ¦ \ufdfa\ufdfa\ufdfa\ufdfazq ¦ =cmd|'zq'!A0 ¦ \uff1d1+1zq ¦ @zq ¦ \t=zq ¦ ../../zq ¦
..\\\\zq ¦ zq.html\u202egnp ¦ |zq ¦ \U0001f1f8\U0001f1eazq ¦ \x85zq ¦ zq\x0b\x0c ¦ \uff1cscript\uff1ezq()\uff1c/script\uff1e ¦
<\u017fcript>zq()
""")
HOSTILE = [
    text.replace("zq", f"zq{number}x")
    for number, text in enumerate(
        [
            *(out + element for out in BREAKOUTS for element in ELEMENTS),
            *(text for texts in (MARKUP, ATTRIBUTES, ADDRESSES, CODED, TEMPLATES, MARKDOWN, SIGNS) for text in texts),
        ]
    )
]
THAT_A_BROWSER_WOULD_OBEY = len(BREAKOUTS) * len(ELEMENTS) + len(MARKUP) + len(ATTRIBUTES) + len(ADDRESSES)
SIGN = re.compile(r"zq(\d+)x", re.I)
BEGIN, END = "⟪", "⟫"  # round what people wrote, so that one sees where it stands beside other words

FOR_WORDS = frozenset(
    {"value", "title", "aria-label", "alt", "content", "placeholder", "data-spoken"}
)  # attributes that show words, or are read aloud
LEADS_ON = re.compile(r"(https?://|mailto:|tel:)")  # where a link that people wrote may lead
OURS = re.compile(r"(/[\w-]+)+/?")  # a path of ours, such as that of a lab whose name is hostile
COMPUTED = re.compile(r"49\s*zq\d+x")  # 7 × 7: somebody's words were run as a template
VOID = re.compile("area|base|br|circle|col|ellipse|embed|hr|img|input|line|link|meta|path|poly(gon|line)|rect|source|use|wbr")
PLAIN = frozenset({"title", "option", "textarea", "script", "style", "svg"})  # hold no elements that could set words apart


class Reading(HTMLParser):
    """What a browser would make of a page: what of people's words it obeys, and which stand in one line with other words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.obeyed: list[str] = []
        self.shared: list[str] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(html)
        self.close()
        self._see(bool(COMPUTED.search(html)), "a template")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._see(bool(SIGN.search(tag)), f"<{tag}>")
        for name, value in values.items():
            self._see(_is_obeyed(tag, name, value, values), f"<{tag} {name}={value[:60]}>")
        if VOID.fullmatch(tag):
            self.handle_data(" \x00 ")
        else:
            self._open.append((tag, values, []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if not VOID.fullmatch(tag):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            self._closed()
            name, _values, _words = self._open.pop()
            self.handle_data("\x00")
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._open:
            return
        tag, values, words = self._open[-1]
        words.append(data)
        is_obeyed = tag in {"script", "style"} and values.get("type") != "application/json" and SIGN.search(data)
        self._see(bool(is_obeyed), f"in <{tag}>")

    def handle_comment(self, data: str) -> None:
        self._see(bool(SIGN.search(data)), "a comment")

    handle_pi = handle_decl = unknown_decl = handle_comment

    def _closed(self) -> None:
        """The element that ends now: whether people's words in it are alone, or set apart."""
        text = "".join(self._open[-1][2])
        if BEGIN in text and not any(_is_apart(tag, values) for tag, values, _words in self._open):
            rest = re.sub(f"{BEGIN}[^{END}]*({END}|$)", "\x01", text)
            if len(rest.replace("\x00", "").strip()) > 1:
                self.shared.append(re.sub(r"\s+", " ", rest.replace("\x00", "").replace("\x01", "…")).strip())

    def _see(self, is_so: bool, what: str) -> None:
        if is_so:
            self.obeyed.append(what)


def _is_obeyed(tag: str, name: str, value: str, values: dict[str, str]) -> bool:
    if SIGN.search(name) or name.startswith("on"):
        return True
    if not SIGN.search(value) or OURS.fullmatch(value):
        return False
    if name == "href" and tag == "a":
        return not LEADS_ON.match(value)
    return name not in FOR_WORDS or "http-equiv" in values


def _is_apart(tag: str, values: dict[str, str]) -> bool:
    return tag == "bdi" or tag in PLAIN or ("dir" in values and tag != "html")
