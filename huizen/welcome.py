"""What the pages of welcome say, in five languages, each sentence beside its Dutch."""

import tomllib
from functools import cache
from pathlib import Path

from huizen.languages import DUTCH

WELCOME_LANGUAGES = ("fr", "en", "tr", "ar", "uk")
_WORDS = Path(__file__).with_name("welcome.toml")


@cache
def welcome_words(code: str) -> dict:
    """The words of a page of welcome: each a pair of the language and the Dutch; `examples` are words to search with."""
    words = tomllib.loads(_WORDS.read_text())
    sentences, examples = words.pop("sentences"), words.pop("examples")
    return {name: _pair(said, code) for name, said in words.items()} | {
        "sentences": [_pair(said, code) for said in sentences],
        "examples": examples[code],
    }


def _pair(said: dict[str, str], code: str) -> tuple[str, str]:
    return said[code], said[DUTCH]
