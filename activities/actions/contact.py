"""How a family can be reached: an address or a telephone number, in one spelling."""

import re
from dataclasses import dataclass

from huizen.languages import DUTCH

SEPARATORS = re.compile(r"[\s./()\-\u2010-\u2015]+")
INTERNATIONAL = re.compile(r"\+[1-9][0-9]{7,14}")


class BadPhoneError(ValueError):
    """This is no telephone number that we can call."""

    def __init__(self):
        super().__init__("Dit nummer klopt niet. Schrijf het zoals 0470 00 00 00.")


@dataclass(frozen=True)
class Contact:
    """Who signs up: a name, and an address or a telephone number (one at least); by text message too, if she asks.

    `language`: in which she reads our mails.
    """

    name: str
    email: str = ""
    phone: str = ""
    wants_sms: bool = False
    language: str = DUTCH

    @property
    def key(self) -> str:
        """What makes two contacts the same person: the address, else the number, each in one spelling."""
        return self.email.lower() or international(self.phone)

    @property
    def kept(self) -> dict[str, str | bool]:
        """What a sign-up keeps of it, for one moment as for all, by the names of its fields."""
        return {
            "name": self.name,
            "email": self.email,
            "phone": self.phone,
            "contact_key": self.key,
            "wants_sms": self.wants_sms,
            "language": self.language,
        }


def international(phone: str) -> str:
    """A telephone number with its country: '0470/12.34.56' is '+32470123456'. Raises BadPhoneError."""
    digits = SEPARATORS.sub("", phone)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+32{digits[1:]}"
    if digits.startswith("+320"):
        # '+32 (0)470': the zero in brackets is for calls within Belgium.
        digits = f"+32{digits[4:]}"
    if not INTERNATIONAL.fullmatch(digits):
        raise BadPhoneError
    return digits
