"""Numbers as people in Flanders write them: 1.234,50 (pure)."""

import re
from decimal import Decimal

#: With points between thousands, or without them; then a comma or a point before the decimals.
_WRITTEN = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d{1,9}(?:[.,]\d{1,2})?)", re.ASCII)


def read_number(text: str) -> Decimal:
    """The number that somebody wrote. Raises ValueError for what is none, or has more than two decimals."""
    text = text.strip()
    if not _WRITTEN.fullmatch(text):
        raise ValueError(text)
    if re.search(r"\.\d{3}(?:[.,]|$)", text):
        text = text.replace(".", "")
    return Decimal(text.replace(",", "."))


def write_number(value: Decimal | int) -> str:
    """The number as it is written, without decimals that say nothing: 1.234, 12,5."""
    whole, _, decimals = f"{value:,.2f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def cents_of(text: str) -> int:
    """An amount in euro as cents. Raises ValueError for what is none, or is below zero."""
    value = read_number(text.replace("€", "").removesuffix("euro"))
    if value < 0:
        raise ValueError(text)
    return int(value * 100)


def write_cents(cents: int) -> str:
    """Cents as an amount in euro, as somebody would type it: 1.234,5 euro is 1.234,50."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,}".replace(",", ".") + (f",{rest:02d}" if rest else "")
