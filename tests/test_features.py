"""The page that says what one can do names addresses and tests that exist."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

from huizen.page_language import split

ROOT = Path(__file__).resolve().parent.parent
WORDS = re.findall(r"`([^`]+)`", (ROOT / "docs/features.md").read_text(encoding="utf-8"))
TESTS = [word for word in WORDS if "::" in word]
ADDRESSES = [word for word in WORDS if word.startswith("/")]
STANDS_FOR = {
    "<huis>": "mol",
    "<activiteit>": "zingen",
    "<moment>": "1",
    "<nummer>": "1",
    "<geheim>": "a1",
    "<programma>": "voorbeeld",
    "<jaar>": "2027",
}


def test_the_page_names_enough_of_both():
    assert len(TESTS) > 60
    assert len(ADDRESSES) > 50


@pytest.mark.parametrize("named", TESTS)
def test_the_test_exists(named):
    path, name = named.split("::")
    assert f"def {name}(" in (ROOT / "tests" / f"{path}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_address_exists(address):
    path = address.partition("?")[0]
    for name, value in STANDS_FOR.items():
        path = path.replace(name, value)
    assert resolve(split(path)[1])
