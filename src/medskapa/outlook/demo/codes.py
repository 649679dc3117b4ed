"""The return codes of the demo's tellers: a few that local mode tells, the others drawn from a seed. All of them are the same each time."""

import random
from concurrent.futures import ThreadPoolExecutor

from medskapa.ground.labs.codes import LENGTH, check_digit, grouped, hash_code
from medskapa.outlook.demo.content import chapter

SEED = "medskapa demo codes"


def known_codes() -> dict[str, str]:
    """The codes that local mode tells, by the teller's id in the files."""
    return {name: said["digits"] + check_digit(said["digits"]) for name, said in chapter("people")["known_codes"].items()}


def known_tellers(language: str) -> list[tuple[str, str]]:
    """The codes that local mode tells, as they are shown, each with a sentence about whose it is."""
    said = chapter("people")["known_codes"]
    return [(" ".join(grouped(code)), said[name]["says"].get(language, said[name]["says"]["en"])) for name, code in known_codes().items()]


def all_codes() -> dict[str, str]:
    """The code of every teller and voter, by their id in the files."""
    source = random.Random(SEED)  # noqa: S311  # repeatable on purpose; the demo is refused in production
    people = [*chapter("people")["tellers"], *chapter("people")["voters"]]
    drawn = {person["id"]: "".join(source.choices("0123456789", k=LENGTH - 1)) for person in people}
    return {name: digits + check_digit(digits) for name, digits in drawn.items()} | known_codes()


def hashes(codes: dict[str, str]) -> dict[str, str]:
    """The hash of each code. They are memory-hard, and worked out side by side."""
    with ThreadPoolExecutor() as pool:
        return dict(zip(codes, pool.map(hash_code, codes.values()), strict=True))
