"""The languages that people read here: their names, their own names, and which way they run.

Dutch is the language of the portal (Flemish language law). Any other carries a translation of what stands in
Dutch, is marked as such and never holds more.
"""

from collections.abc import Callable
from functools import wraps
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language, gettext_noop, override

DUTCH = "nl"


class Language(NamedTuple):
    """A language: its code (BCP 47), how we call it, how its speakers call it, and whether it runs from the right."""

    code: str
    name: str
    own_name: str
    rtl: bool = False

    @property
    def tag(self) -> str:
        """What `lang` says of it: our Dutch is that of Belgium."""
        return "nl-BE" if self.code == DUTCH else self.code

    @property
    def direction(self) -> str:
        return "rtl" if self.rtl else "ltr"


#: Dutch first; then those of the translations.
ALL = (
    Language(DUTCH, gettext_noop("Nederlands"), "Nederlands"),
    Language("fr", gettext_noop("Frans"), "Français"),
    Language("en", gettext_noop("Engels"), "English"),
    Language("tr", gettext_noop("Turks"), "Türkçe"),
    Language("ar", gettext_noop("Arabisch"), "العربية", rtl=True),
    Language("uk", gettext_noop("Oekraïens"), "Українська"),
    Language("es", gettext_noop("Spaans"), "Español"),
    Language("pl", gettext_noop("Pools"), "Polski"),
)
BY_CODE = {language.code: language for language in ALL}
#: What one may translate into.
FOREIGN = ALL[1:]
CHOICES = [(language.code, language.name) for language in FOREIGN]


def language_of(code: "str | None") -> Language:
    """The language of a code; Dutch for one that we do not know."""
    return BY_CODE.get((code or "").partition("-")[0], BY_CODE[DUTCH])


def speaks() -> list[str]:
    """The codes of the languages of the portal, Dutch first."""
    return [code.partition("-")[0] for code, _ in settings.LANGUAGES]


def spoken(code: "str | None") -> Language:
    """The language of a code, where the portal speaks it; else Dutch."""
    language = language_of(code)
    return language if language.code in speaks() else BY_CODE[DUTCH]


def language_of_page() -> Language:
    """The language in which this page speaks."""
    return language_of(get_language())


def in_dutch(function: Callable) -> Callable:
    """What this says is Dutch, whatever the language of the page that asked for it: a mail, a calendar file."""

    @wraps(function)
    def said(*args, **kwargs):
        with override(settings.LANGUAGE_CODE):
            return function(*args, **kwargs)

    return said
