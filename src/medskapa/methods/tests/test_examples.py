"""The examples in the docstrings of the methods give what they say."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

METHODS = Path(__file__).resolve().parent.parent
MODULES = [
    ".".join(("medskapa.methods", *path.relative_to(METHODS).with_suffix("").parts)).removesuffix(".__init__")
    for path in sorted(METHODS.rglob("*.py"))
    if "tests" not in path.parts and ">>>" in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_give_what_they_say(name):
    result = doctest.testmod(import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)

    assert (result.failed, result.attempted > 0) == (0, True)
