"""Telephone numbers as people write them on a poster."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

_SIGNS = re.compile(r"\+?[0-9 ./()-]+")
FEWEST, MOST = 8, 15


def validate_phone(number: str) -> None:
    """Raises ValidationError for what cannot be a telephone number; the way of writing it is free."""
    digits = sum(sign.isdigit() for sign in number)
    if not _SIGNS.fullmatch(number) or not FEWEST <= digits <= MOST:
        raise ValidationError(gettext("Schrijf een telefoonnummer zoals 014 00 00 00."))
