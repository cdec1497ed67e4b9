"""The name that all Houses share, as one word: it says which House no more than "the" does."""

from functools import lru_cache

from huizen.search.text import tokens

#: What people call a Huis van het Kind, also where the small words were left out.
NAMES = (
    "huis van het kind",
    "huizen van het kind",
    "huis vh kind",
    "huis v h kind",
    "huis van t kind",
    "huis vant kind",
    "huis vd kind",
    "huis voor het kind",
    "huis kind",
    "huizen kind",
    "hvhk",
    "hvk",
)
HOUSE = "huisvanhetkind"


@lru_cache(maxsize=2048)
def shared_name_as_one(text: str) -> str:
    """The folded words of a text, with one word for a Huis van het Kind however it is written."""
    words = f" {' '.join(tokens(text))} "
    for name in NAMES:
        words = words.replace(f" {name} ", f" {HOUSE} ")
    return words.strip()
