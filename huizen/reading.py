"""What a page says in its own words, in the language that somebody asked for. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from huizen.languages import ALL, BY_CODE, DUTCH, Language
from huizen.models import Translation


@dataclass(frozen=True)
class Passage:
    """A piece of text and the language in which it stands; nothing where it is empty."""

    text: str
    language: Language

    def __str__(self):
        return self.text

    def __bool__(self):
        return bool(self.text)


@dataclass(frozen=True)
class Reading:
    """The passages of a page by the name of their field, and what the reader must know of them.

    `choices`: the languages one can read it in, Dutch first; only Dutch where nobody translated it.
    """

    language: Language
    passages: dict[str, Passage]
    choices: list[Language] = field(default_factory=list)
    is_machine: bool = False
    is_partial: bool = False

    def __getitem__(self, name: str) -> Passage:
        return self.passages[name]

    @property
    def is_translation(self) -> bool:
        return self.language.code != DUTCH


def read(source, names: Iterable[str], translations: Iterable[Translation], *, asked: str) -> Reading:
    """A row in the language that was asked, as far as it is translated and the translation still holds.

    A passage of which the Dutch changed since, or that nobody translated, is given in Dutch.
    """
    rows = {row.language: row for row in translations}
    chosen = rows.get(asked)
    names = tuple(names)
    passages = {name: Passage(getattr(source, name), BY_CODE[DUTCH]) for name in names}
    if chosen:
        passages |= {
            name: Passage(getattr(chosen, name), chosen.in_language) for name in names if chosen.holds(name)
        }
    return Reading(
        language=chosen.in_language if chosen else BY_CODE[DUTCH],
        passages=passages,
        choices=[language for language in ALL if language.code == DUTCH or language.code in rows],
        is_machine=bool(chosen) and chosen.state == Translation.State.MACHINE,
        is_partial=bool(chosen)
        and any(passage and passage.language.code == DUTCH for passage in passages.values()),
    )
