"""What can be told by its form in every language: numbers, addresses, accounts, days and ages.

Each pattern reads a text whose digits are already 0–9. Where a word before it tells what it is, only the group ``mark`` is marked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from medskapa.ground.safeguarding.marks.kinds import Kind


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form, and what else has to be true of what has it."""

    kind: Kind
    form: re.Pattern[str]
    holds: Callable[[str], bool] | None = None

    def found(self, text: str) -> list[tuple[int, int]]:
        """Where it stands in a text."""
        group = "mark" if "mark" in self.form.groupindex else 0
        return [found.span(group) for found in self.form.finditer(text) if self.holds is None or self.holds(found[group])]


def has_check_digit(number: str) -> bool:
    """Whether the last of the ten digits of a Swedish personal or coordination number is right (Luhn)."""
    digits = [int(sign) for sign in number if sign.isdigit()][-10:]
    doubled = (digit * (2 - place % 2) for place, digit in enumerate(digits))
    return len(digits) == 10 and sum(number // 10 + number % 10 for number in doubled) % 10 == 0


GAP = r"[\s\-–—./()\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"  # between digits, invisible signs among them
MONTHS = [name.replace("_", " ") for name in Path(__file__).with_name("months.txt").read_text(encoding="utf-8").split()]
MONTH = "(?:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")ی?(?!\w)"  # Sorani joins "of" to it
DAY_BEFORE = rf"(?<!\d)\d{{1,2}}\s?[.:]?\w?\s?{MONTH}(?:,?\s\d{{2,4}})?"
DAY_AFTER = rf"(?<!\w){MONTH}\s(?:په\s)?\d{{1,2}}(?!\d)(?:,?\s\d{{4}})?"
DAY_IN_DIGITS = r"(?<!\d)(?:\d{4}[-–/.]\d{1,2}[-–/.]\d{1,2}|\d{1,2}[-–/.]\d{1,2}[-–/.](?:\d{4}|\d\d)|\d{1,2}/\d{1,2}(?:\s\d{4})?)(?![\d/])"
BORN = (
    r"(?<!\w)(?:född|fødd|born(?: in)?|مواليد|ولدت (?:في|عام|سنة)|متولد|زاده|زېږېدل\w*(?: یم| په)*|زیږیدل\w*(?: یم| په)*|"
    r"لە ?دایک ?بوو\w*(?: لە| ساڵی)*|dhashay(?: sannadkii)?|ተወሊደ(?: ብ)?)\s(?P<mark>\d{4})(?!\d)"
)
TEN = r"(?<!\d)(?:19|20)?\d\d(?:0\d|1[0-2])(?:[06][1-9]|[1278]\d|[39][01])\s?[-–+]?\s?"  # a day of birth; + 60 in coordination numbers
LAST_FOUR = r"(?<!\w)(?:fyra sista|sista fyra|last four|four last)(?: siffrorna| digits)?(?: är| are|:)?\s(?P<mark>\d{4})(?!\d)"
CARD = (
    r"(?<![^\W_])(?:LMA|asylkort\w*|asylum card|بطاقة اللجوء|بطاقة طالب|کارت پناه\w*|پناه\w* کارت|کارتی پەناب\w*|"
    r"kaarka magangaly\w*|ካርድ ዑቕባ)"
    rf"[^\d\n]{{0,30}}(?P<mark>\d(?:{GAP}?\d){{3,13}})(?!\d)"
)
CASE = (
    r"(?<!\w)(?:dossier\w*|beteckning\w*|ärende\w*|diarienummer|dnr|mål(?:nummer)?|case (?:number|no\.?)|reference(?: number)?|"
    r"رقم (?:القضية|الملف|المعاملة)|شماره (?:پرونده|دوسیه)|دوسیه|دوسیې\s\w+|"
    r"(?:ژمارەی )?(?:دۆسیە|کەیس)\w*|lambarka (?:kiiska|galka)|ቁጽሪ (?:ጉዳይ|መዝገብ|ፋይል))"
    rf"[^\d\n]{{0,12}}(?P<mark>(?:[A-ZÅÄÖ]{{1,4}}\s?)?\d(?:{GAP}?\d){{2,13}})(?!\d)"
)
ACCOUNT = (
    r"(?<!\w)(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|facebook|fb|telegram|whats ?app|discord|messenger|viber|youtube|"
    r"انستا|انستغرام|إنستغرام|سناب|سناب شات|تيك توك|تلغرام|تليجرام|واتساب|فيسبوك|اینستا|اینستاگرام|تلگرام|فیسبوک|تیک تاک|"
    r"انسټاګرام|انسټا|ټیلیګرام|ټيليګرام|فېسبوک|ټیک ټاک|ټيک ټاک|واټساپ|سنیپ چټ|ئینستاگرام|ئینستا|تێلیگرام|تێلێگرام|فەیسبووک|تیکتۆک|"
    r"واتسئاپ|سناپچات|ኢንስታግራም|ኢንስታ|ቴሌግራም|ፌስቡክ|ቲክቶክ|ስናፕ|ዋትስኣፕ)(?:\s?[:=]\s?|\s(?:är|heter|is|called|waa|هو|است|دی|مې)\s|\s)"
    r"(?P<mark>(?=[\w.-]*[\d_.])[a-z][\w.-]{2,30}(?<![.-]))"
)
DOMAIN = (
    r"(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|se|org|net|nu|me|io|info|eu|app|gg|tv|be|ly|af|so|er|sy|iq|ir|uk|de|no|fi|dk)"
    r"(?![\w.-])(?:/\S{0,300})?"
)
AGE = (
    r"(?<!\d)(?P<mark>[1-9]\d?(?:\s|-)?(?:år gammal|årig\w*|åring\w*|years? old|year-olds?|ساله|سالم\w*|سالگی|سنة من العمر|کلن\w*|"
    r"ساڵان\w*|ዓመቱ|ዓመታ|sano jir\w*|jir(?!\w)))",
    r"(?<!\w)(?:(?:jag|hon|han|hen|jag är nu) (?:är|var|blev|blir|fyllde|fyller)|fyll(?:de|er)|(?:i am|i'm|i was|he is|he was|she is|"
    r"she was|he's|she's|turned|aged|age)|عمري|عمره|عمرها|وعمري|سنم|عمر (?:مې|یې|مو)|تەمەن\w*|ዕድመይ|ዕድመኡ|ዕድመኣ|(?:ወዲ|ጓል)|"
    r"da'da?y\w* waa)\s(?P<mark>[1-9]\d?)(?:\s(?:år|years?|سنة|عاما|عامًا|سال|کال\w*|ساڵ\w*|ዓመት|sano))?(?![\w%])"
    r"(?!\s(?:av|of|gånger|times|dagar|days|veckor|weeks|min))",
)
STREET = (
    r"(?<!\w)\w{2,30}(?:gatan|vägen|gränd|torget|stigen|allén|backen|platsen|leden|kajen)\s\d{1,4}(?:\s?[a-h](?!\w))?(?:,?\s(?:lgh|vån)\.?\s\d{1,4})?"
    r"(?:,?\s\d{3}\s?\d\d(?:\s[^\W\d_]+)?)?",
    r"(?<!\w)\d{1,4}[a-d]?\s(?:[^\W\d_][\w']{1,30}\s){1,3}(?:street|road|avenue|lane|drive|close|square|court|gardens|terrace|crescent)(?!\w)",
    r"(?<!\w)(?:شارع|خیابان|خيابان|کوچه|سرک|حارة|جاده)\s[^\W\d_]+(?:\s[^\W\d_]+)?\s(?:رقم\s|نمبر\s|پلاک\s|شماره\s)?\d{1,4}(?!\d)",
    r"(?<!\w)(?:سړک|کوڅه|شەقامی|کۆڵانی|گەڕەکی)\s[^\W\d_]+(?:\s[^\W\d_]+)?\s(?:سړک\s|کوڅه\s|ژمارە\s|نمبر\s)?\d{1,4}(?!\d)",
    r"(?<!\w)(?:waddada|jidka)\s[^\W\d_]+(?:\s[^\W\d_]+)?\s\d{1,4}(?!\d)",
    r"(?<!\w)(?:ጎደና|ጽርግያ)\s\w+(?:\s\w+)?\s\d{1,4}(?!\d)",
)
MAIL = r"[\w.+%-]{1,64}\s?(?:@|＠|\(at\)|\[at\]|\(a\))\s?[\w-]{1,63}(?:\.[\w-]{1,63})+"
MAIL_IN_WORDS = r"(?<!\w)[\w.+-]{2,64} (?:at|snabel-?a) [\w-]{2,63} (?:dot|punkt) (?:com|se|org|net|nu)(?!\w)"


def _all(kind: Kind, *forms: str) -> list[Pattern]:
    return [Pattern(kind, re.compile(form, re.I)) for form in forms]


PATTERNS: tuple[Pattern, ...] = (
    *_all(Kind.EMAIL, MAIL, MAIL_IN_WORDS),
    *_all(Kind.LINK, r"(?:https?://|www\.)\S{1,500}", r"(?<!\w)@[\w.]{2,40}(?<!\.)", DOMAIN, ACCOUNT),
    *_all(Kind.CARD_NUMBER, CARD),
    Pattern(Kind.PERSONAL_NUMBER, re.compile(rf"{TEN}\d{{4}}(?!\d)"), has_check_digit),
    Pattern(Kind.PHONE, re.compile(r"(?<!\d)07\d{8}(?!\d)")),  # a Swedish mobile, though it could also be a day of birth
    Pattern(Kind.PERSONAL_NUMBER, re.compile(rf"{TEN}(?:\d{{4}}|[A-Z]{{1,2}}\d{{2,3}})(?![\dA-Z])")),
    *_all(Kind.PERSONAL_NUMBER, LAST_FOUR),
    *_all(Kind.CASE_NUMBER, CASE),
    *_all(Kind.ADDRESS, *STREET),
    *_all(Kind.DATE, f"{DAY_BEFORE}|{DAY_AFTER}", DAY_IN_DIGITS, BORN),
    Pattern(
        Kind.CASE_NUMBER,
        re.compile(r"(?<![\w-])[A-ZÅÄÖ]{1,4}[ -]?\d{2,8}(?:[-–/]\d{2,8}){0,2}(?!\w)|(?<!\d)\d{2,4}[-–/]\d{4,8}(?!\d)"),
    ),
    Pattern(Kind.PHONE, re.compile(rf"(?<!\d)(?:\+|00)?\d(?:{GAP}{{0,3}}\d){{6,14}}(?!\d)")),
    Pattern(Kind.NUMBER, re.compile(rf"(?<!\d)\d(?:{GAP}?\d){{4,30}}(?!\d)")),
    *_all(Kind.AGE, *AGE),
)
