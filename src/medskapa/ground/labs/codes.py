"""Return codes: 17 random digits and a Damm check digit, stored only as a keyed, memory-hard hash.

Damm, H. M. (2004), Total anti-symmetrische Quasigruppen: the check digit finds every single wrong digit and every
swap of two neighbours.
"""

import hashlib
import hmac
import secrets
import unicodedata

from django.conf import settings

LENGTH = 18
GROUP = 3
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def new_code(length: int = LENGTH) -> str:
    """A fresh code: random digits, and the check digit as the last."""
    digits = "".join(secrets.choice("0123456789") for _place in range(length - 1))
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    """The Damm check digit of these digits."""
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return str(state)


def read_code(typed: str, length: int = LENGTH) -> str | None:
    """The digits in what was typed, in any script's digits and with any gaps; None if the check digit says it is a typo."""
    digits = "".join(str(unicodedata.digit(sign)) for sign in typed if unicodedata.digit(sign, None) is not None)
    others = [sign for sign in typed if unicodedata.digit(sign, None) is None and not (sign.isspace() or sign in "-–.,")]
    if others or len(digits) != length or check_digit(digits[:-1]) != digits[-1]:
        return None
    return digits


def grouped(code: str) -> list[str]:
    """The code in groups of three, as it is shown."""
    return [code[start : start + GROUP] for start in range(0, len(code), GROUP)]


def in_lines(code: str) -> list[list[str]]:
    """The code as it is shown on a tag: three lines of two groups."""
    groups = grouped(code)
    return [groups[place : place + 2] for place in range(0, len(groups), 2)]


def hash_code(code: str) -> str:
    """The hash under which a code is found again: scrypt (N 2¹⁴, r 8, p 1) with the salt, keyed by the pepper. About 70 ms."""
    hard = hashlib.scrypt(code.encode(), salt=settings.MEDSKAPA_KEYS.salt, n=2**14, r=8, p=1, maxmem=2**26, dklen=32)
    return hmac.new(settings.MEDSKAPA_KEYS.pepper, hard, hashlib.sha256).hexdigest()
