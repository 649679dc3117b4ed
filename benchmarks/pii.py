"""Marks of personal data beside what was planted: recall for each kind and language on invented texts, false marks on the demo's stories.

The marks know no list of names, so no name here can have been in one; the ordinary words they know come from the project's own texts
without the demo's stories. Where Faker is installed, its names and addresses are a second sample.
"""

import random
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from benchmarks.figures import ROOT, Figure

EACH = 60  # samples of a kind in a language
STORIES = ROOT / "src" / "medskapa" / "outlook" / "demo" / "content" / "stories.yaml"
FAKER = {"sv": "sv_SE", "en": "en_GB"}
DIGITS = {"ar": "٠١٢٣٤٥٦٧٨٩", "prs": "۰۱۲۳۴۵۶۷۸۹", "ps": "۰۱۲۳۴۵۶۷۸۹", "ckb": "٠١٢٣٤٥٦٧٨٩"}

SAID: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
GIVEN, FAMILY = SAID["given"]["names"].split(), SAID["family"]["names"].split()

Sample = tuple[str, list[str]]  # a text, and what was planted in it


def run() -> tuple[list[Figure], list[str]]:
    """Recall and false marks, each with its goal; what a long text costs; and Faker's names, where it is installed."""
    figures = [*recalls(), *false_marks(), _time()]
    if find_spec("faker") is None:
        return figures, ["a second sample of names and addresses (no Faker)"]
    return figures + [figure for language in FAKER for figure in _faker(language)], []


def recalls() -> Iterator[Figure]:
    """How much of what was planted is found, by kind and language."""
    for language in SAID["around"]:
        yield from _patterns(language)
    for language in SAID["named"]:
        yield _named(language, "names", own_names(language), ">= 85")
        yield _named(language, "places and schools", own_places(language), ">= 85")
        yield _named(language, "names in small letters", [_small(sample) for sample in own_names(language)], "")


def _patterns(language: str) -> Iterator[Figure]:
    rng = random.Random(f"pii {language}")
    total: list[Sample] = []
    for kind, make in MAKERS.items():
        samples = [sample for _number in range(EACH) if (sample := _planted(language, make, rng))]
        total += samples
        if samples:
            yield Figure(f"{language}: {kind} found, of {len(samples)}", 100 * recall(samples, language), "in 100", ">= 97")
    yield Figure(
        f"{language}: numbers, days, addresses and accounts found, of {len(total)}", 100 * recall(total, language), "in 100", ">= 97"
    )


def _planted(language: str, make: Callable[[str, random.Random], Sample | None], rng: random.Random) -> Sample | None:
    made = make(language, rng)
    if made is None:
        return None
    said, planted = made
    if language in DIGITS and rng.random() < 0.5:
        table = str.maketrans("0123456789", DIGITS[language])
        said, planted = said.translate(table), [one.translate(table) for one in planted]
    return rng.choice(SAID["around"][language]).format(said), planted


def recall(samples: list[Sample], language: str) -> float:
    """The share of what was planted that is marked from its first sign to its last."""
    from medskapa.ground.safeguarding.marks import personal_marks

    found = planted = 0
    for text, stretches in samples:
        marked = {place for mark in personal_marks(text, language) for place in range(mark.start, mark.end)}
        for one in stretches:
            start = text.index(one)
            places = [place for place in range(start, start + len(one)) if text[place].isalnum()]
            found, planted = found + marked.issuperset(places), planted + 1
    return found / planted


def _phone(language: str, rng: random.Random) -> Sample:
    number = "".join(rng.choice("0123456789") for _digit in range(7))
    mobile = f"7{rng.choice('02369')}"
    forms = (
        "0{m}{n}",
        "0{m}-{a} {b} {c}",
        "0{m} {a} {b} {c}",
        "+46 {m} {a} {b} {c}",
        "+46{m}{n}",
        "0046{m}{n}",
        "08-{a} {b} {c}",
        "+93 {m} {a} {b}",
    )
    said = rng.choice(forms).format(m=mobile, n=number, a=number[:3], b=number[3:5], c=number[5:])
    return said, [said]


def _mail(language: str, rng: random.Random) -> Sample:
    name = rng.choice(GIVEN).lower().encode("ascii", "ignore").decode()
    forms = ("{}@example.com", "{}.{:02d}@example.org", "{}_{:02d} @ example.se", "{}{:02d}(at)example.com", "{}{:02d}@mail.example.net")
    said = rng.choice(forms).format(name, rng.randrange(100))
    return said, [said]


def _link(language: str, rng: random.Random) -> Sample:
    name = f"{rng.choice(GIVEN).lower().encode('ascii', 'ignore').decode()}{rng.randrange(100)}"
    said = rng.choice(("@{}", "https://example.com/{}", "www.example.org/{}", "t.me/{}", "example.se/{}")).format(name)
    return said, [said]


def _account(language: str, rng: random.Random) -> Sample | None:
    if language not in SAID["accounts"]:
        return None
    name = f"{rng.choice(GIVEN).lower().encode('ascii', 'ignore').decode()}{rng.choice('._')}{rng.randrange(10, 100)}"
    return rng.choice(SAID["accounts"][language]).format(name), [name]


def _personal_number(language: str, rng: random.Random) -> Sample:
    day = rng.randrange(1, 29) + 60 * rng.randrange(2)  # half of them are coordination numbers
    nine = f"{rng.randrange(98, 110) % 100:02d}{rng.randrange(1, 13):02d}{day:02d}{rng.randrange(1000):03d}"
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(nine)]
    ten = nine + str(-sum(value // 10 + value % 10 for value in doubled) % 10)
    said = rng.choice(("{a}-{b}", "{a}{b}", "20{a}-{b}", "20{a}{b}", "{a} {b}", "19{a}-{b}")).format(a=ten[:6], b=ten[6:])
    return said, [said]


def _card(language: str, rng: random.Random) -> Sample | None:
    return _after(
        SAID["cards"],
        language,
        rng,
        rng.choice((f"{rng.randrange(10**7, 10**8)}", f"{rng.randrange(10, 99)}-{rng.randrange(10**5, 10**6)}")),
    )


def _case(language: str, rng: random.Random) -> Sample | None:
    return _after(
        SAID["cases"], language, rng, rng.choice((f"{rng.randrange(10, 99)}-{rng.randrange(10**5, 10**6)}", f"{rng.randrange(1000, 9999)}"))
    )


def _after(cues: dict[str, tuple[str, ...]], language: str, rng: random.Random, number: str) -> Sample | None:
    return (rng.choice(cues[language]).format(number), [number]) if language in cues else None


def _date(language: str, rng: random.Random) -> Sample:
    day, month, year = rng.randrange(1, 29), rng.choice(SAID["months"][language].split()), rng.randrange(2015, 2026)
    number = rng.randrange(1, 13)
    said = rng.choice(
        (f"{day} {month} {year}", f"{day} {month}", f"{year}-{number:02d}-{day:02d}", f"{day}/{number}", f"{day}/{number} {year}")
    )
    return said, [said]


def _age(language: str, rng: random.Random) -> Sample | None:
    return _after(SAID["ages"], language, rng, str(rng.randrange(13, 24)))


def _address(language: str, rng: random.Random) -> Sample | None:
    if language not in SAID["streets"]:
        return None
    number = rng.randrange(1, 99)
    said = (
        rng.choice(SAID["streets"][language])
        .replace("{n:.1s}", str(number)[0])
        .format(a=rng.choice(SAID["street_names"][language]), n=number)
    )
    return said, [said.removeprefix("norra ")]


MAKERS: dict[str, Callable[[str, random.Random], Sample | None]] = {
    "phone numbers": _phone,
    "e-mail addresses": _mail,
    "links and handles": _link,
    "accounts": _account,
    "personal numbers": _personal_number,
    "card numbers": _card,
    "case numbers": _case,
    "days": _date,
    "ages": _age,
    "addresses": _address,
}


def own_names(language: str) -> list[Sample]:
    """Given names, and full names, in sentences that young people write."""
    rng = random.Random(f"names {language}")
    names = [rng.choice(GIVEN) if rng.random() < 0.7 else f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}" for _number in range(4 * EACH)]
    return [(rng.choice(SAID["named"][language]).format(name), [name]) for name in names]


def own_places(language: str) -> list[Sample]:
    """Small places that no list holds, and schools named after them."""
    rng, found = random.Random(f"places {language}"), []
    for number in range(4 * EACH):
        place = _place(language, rng)
        school = f"{place}skolan" if language == "sv" else f"{place} School"
        planted, around = (school, SAID["schooled"]) if number % 4 == 0 else (place, SAID["placed"])
        found.append((rng.choice(around[language]).format(planted), [planted]))
    return found


def _place(language: str, rng: random.Random) -> str:
    said = SAID["places"]
    if language == "en":
        return rng.choice(said["en"].split())
    return rng.choice(said["begin"].split()) + rng.choice(said["end"].split())


def _small(sample: Sample) -> Sample:
    return sample[0].lower(), [one.lower() for one in sample[1]]


def _named(language: str, what: str, samples: list[Sample], goal: str) -> Figure:
    return Figure(f"{language}: {what} found, of {len(samples)}", 100 * recall(samples, language), "in 100", goal)


def false_marks() -> Iterator[Figure]:
    """The demo's stories name nobody and no place, so that every mark in them is false."""
    from medskapa.ground.safeguarding.marks import personal_marks

    words: dict[str, int] = defaultdict(int)
    marked: dict[str, int] = defaultdict(int)
    for entry in yaml.safe_load(STORIES.read_text(encoding="utf-8"))["stories"]:
        texts = {language: entry[language] for language in ("sv", "en") if language in entry} | {entry["language"]: entry["words"]}
        for language, text in texts.items():
            words[language] += len(text.split())
            marked[language] += len(personal_marks(text, language))
    for language, count in sorted(words.items()):
        yield Figure(f"{language}: false marks in {count:,} words", 1000 * marked[language] / count, "per 1,000", "<= 15")


def _time() -> Figure:
    from medskapa.ground.safeguarding.marks import personal_marks

    text = " ".join(sample[0] for sample in own_names("sv"))[:10_000] * 2
    personal_marks(text, "sv")
    began = time.process_time()
    personal_marks(text, "sv")
    return Figure("a text of 20,000 characters", 1000 * (time.process_time() - began), "ms CPU", "<= 1000")


def _faker(language: str) -> Iterator[Figure]:
    from faker import Faker

    maker: Any = Faker(FAKER[language])
    maker.seed_instance(4711)
    rng = random.Random(f"faker {language}")
    sources: dict[str, tuple[Callable[[], str], tuple[str, ...]]] = {
        "names": (lambda: rng.choice((maker.first_name(), maker.name())), SAID["named"][language]),
        "places": (maker.city, SAID["placed"][language]),
        "addresses": (maker.street_address, SAID["around"][language]),
        "phone numbers": (maker.phone_number, SAID["around"][language]),
    }
    for kind, (make, around) in sources.items():
        made = [make().replace("\n", ", ") for _number in range(4 * EACH)]
        goal = "" if kind == "addresses" else ">= 97" if kind == "phone numbers" else ">= 85"
        samples = [(rng.choice(around).format(one), [one]) for one in made]
        yield Figure(f"{language}: Faker's {kind} found, of {len(samples)}", 100 * recall(samples, language), "in 100", goal)
