"""The return codes of the demo's tellers: a few that local mode tells; those of the others nobody has."""

from hashlib import sha256

from medskapa.ground.labs.codes import check_digit, grouped, hash_code
from medskapa.outlook.demo.content import chapter


def known_codes() -> dict[str, str]:
    """The codes that local mode tells, by the teller's id in the files."""
    return {name: said["digits"] + check_digit(said["digits"]) for name, said in chapter("people")["known_codes"].items()}


def known_tellers(language: str) -> list[tuple[str, str]]:
    """The codes that local mode tells, as they are shown, each with a sentence about whose it is."""
    said = chapter("people")["known_codes"]
    return [(" ".join(grouped(code)), said[name]["says"].get(language, said[name]["says"]["en"])) for name, code in known_codes().items()]


def code_hashes() -> dict[str, str]:
    """What stands in place of the code of every teller and voter, by their id in the files: the hash of a known code, or of none."""
    known = known_codes()
    people = [person["id"] for person in (*chapter("people")["tellers"], *chapter("people")["voters"])]
    return {name: hash_code(known[name]) if name in known else no_code(f"person {name}") for name in people}


def no_code(of: str) -> str:
    """What looks like a hash, is the same each time, and is that of no code that anybody could type."""
    return sha256(f"demo {of}".encode()).hexdigest()
