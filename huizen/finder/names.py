"""Names of places as people type them, brought to one spelling."""

import re
import unicodedata

LONGEST = 80

_ABBREVIATIONS = (
    (re.compile(r"\bst\b\.?"), "sint"),
    (re.compile(r"\bo\W{0,2}l\W{0,2}v\b\.?"), "onze lieve vrouw"),
)
_NOT_KEPT = re.compile(r"[^a-z0-9]")
_IN_BRACKETS = re.compile(r"\([^)]*\)?")
_POSTCODE = re.compile(r"(?<![0-9])(?:b\W{0,2})?([1-9][0-9]{3})(?![0-9])", re.IGNORECASE)


def plain(name: str) -> str:
    """A name without accents, capitals, spaces and signs: "St.-Martens-Lierde" → "sintmartenslierde"."""
    letters = unicodedata.normalize("NFKD", name[:LONGEST]).encode("ascii", "ignore").decode().lower()
    for pattern, words in _ABBREVIATIONS:
        letters = pattern.sub(words, letters)
    return _NOT_KEPT.sub("", letters)


def slug(name: str) -> str:
    """A name as it stands in an address: "'s-Gravenwezel" → "s-gravenwezel"."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def split(text: str) -> tuple[str, str]:
    """The postcode in what somebody typed, and the rest as a plain name: "B-2400 Mol" → ("2400", "mol")."""
    text = text[:LONGEST]
    found = _POSTCODE.search(text)
    rest = text[: found.start()] + " " + text[found.end() :] if found else text
    # Our own labels come back too: "3550 Heusden (Heusden-Zolder)".
    name = plain(_IN_BRACKETS.sub(" ", rest)) or plain(rest)
    return (found[1] if found else ""), name
