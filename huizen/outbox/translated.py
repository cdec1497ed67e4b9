"""A mail in the language of who reads it, with the whole Dutch below: what is filled in, and in which languages.

Dutch is always there and complete; the other language is marked as a translation (docs/adr/0019).
"""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import override

from huizen.languages import BY_CODE, DUTCH, Language, spoken
from huizen.models import Message

#: Under this name a context holds what is said otherwise in the language of the reader.
TRANSLATED = "translated"
#: What stands between these keeps its own direction in a line that runs the other way (Unicode 6.3, UAX 9).
_ISOLATE, _END = "\u2068", "\u2069"
#: A line that begins with this runs from the right, whatever word comes first.
_FROM_THE_RIGHT = "\u200f"


def said_in(code: str, say: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a mail is filled in with: in Dutch and, for who reads another language of the portal, in that too.

    `say` is asked once for each language, while that is the active one.
    """
    with override(settings.LANGUAGE_CODE):
        dutch = say()
    if (language := spoken(code).code) == DUTCH:
        return dutch
    with override(language):
        theirs = say()
    return dutch | {TRANSLATED: {name: value for name, value in theirs.items() if value != dutch[name]}}


def languages_of(message: Message) -> list[Language]:
    """In which languages a mail says all it says: that of its reader first, where it was told in it, and Dutch."""
    hers = spoken(message.language)
    is_told = hers.code != DUTCH and TRANSLATED in message.context
    return [hers, BY_CODE[DUTCH]] if is_told else [BY_CODE[DUTCH]]


def context_in(language: Language, context: dict[str, Any]) -> dict[str, Any]:
    """What a template is filled in with in one of those languages."""
    if language.code == DUTCH:
        return context
    theirs = context | context.get(TRANSLATED, {})
    return {name: _isolated(value) for name, value in theirs.items()} if language.rtl else theirs


def as_plain_text(text: str, language: Language) -> str:
    """A text as the plain part of a mail has it: without HTML, only signs can say which way a line runs."""
    return re.sub(r"^(?=.)(?!https?://)", _FROM_THE_RIGHT, text, flags=re.MULTILINE) if language.rtl else text


def _isolated(value: Any) -> Any:
    """A Dutch name or a telephone number amid Arabic, so that its parts keep their order."""
    if isinstance(value, list):
        return [_isolated(each) for each in value]
    if isinstance(value, dict):
        return {name: _isolated(each) for name, each in value.items()}
    is_words = isinstance(value, str) and value and not value.startswith(("http://", "https://"))
    return f"{_ISOLATE}{value}{_END}" if is_words else value
