"""Words made comparable: without capitals, accents, Arabic vowel signs and other spellings of one letter."""

import re
import unicodedata

#: One spelling for letters that people exchange: the Arabic alifs, ya and ta marbuta; the Turkish dotless i.
EXCHANGED = str.maketrans("أإآٱىةؤئıßœæø", "اااايهويisoao", "ـ")
WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The text without capitals, accents and vowel signs, in one spelling a letter."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return bare.translate(EXCHANGED)


def tokens(text: str) -> list[str]:
    """The folded words and numbers of a text, in order."""
    return WORD.findall(folded(text))
