"""The words of the portal in other languages: taken from the sources, kept in `locale/`, compiled where they are read.

    python -m config.translations            # new words into every locale/<language>/LC_MESSAGES/django.po
    python -m config.translations compile    # what the portal reads: django.mo, made and not kept

No program from elsewhere is needed: Babel does both.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

BASE = Path(__file__).resolve().parent.parent
LOCALE = BASE / "locale"
SOURCES = ("huizen", "partners", "activities", "families", "projects")
#: How each function is called: which arguments are words ("c": the context of the word).
CALLS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "count": (2, 3),
}
#: A template that is read in other languages says so; in it, `{% count n "plaats" "plaatsen" %}` holds words too.
_ASKS = re.compile(r"{%\s*load [^%]*\bi18n\b")
_COUNT = re.compile(r"""{%\s*count\s+\S+\s+"([^"]+)"\s+"([^"]+)\"""")
#: What Django makes of the tags of a template, between signs that stand for all other text.
_CALL = re.compile(r"""\b(_|n?p?gettext)\((?:[^()'"]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*\)""", re.DOTALL)


def words_of_sources() -> Catalog:
    """Every word that the sources mark, with the files in which it stands."""
    found = Catalog(project="Huizenportaal", fuzzy=False)
    for path in _files():
        words = _of_template(path) if path.suffix in {".html", ".txt"} else _of_python(path)
        for message, context in words:
            found.add(message, locations=[(str(path.relative_to(BASE)), 0)], context=context)
    return found


def _files() -> list[Path]:
    python = [
        path for name in SOURCES for path in (BASE / name).rglob("*.py") if "migrations" not in path.parts
    ]
    templates = [path for suffix in ("html", "txt") for path in (BASE / "templates").rglob(f"*.{suffix}")]
    return sorted(python + templates)


def _of_python(path: Path) -> Iterator[tuple]:
    """Only of files that ask for translation: what counts things on a staff page is Dutch."""
    if "django.utils.translation" in path.read_text():
        for _, message, _, context in extract_from_file("python", path, keywords=CALLS):
            yield message, context


def _of_template(path: Path) -> Iterator[tuple]:
    from django.utils.translation.template import templatize  # only for who extracts

    text = path.read_text()
    if not _ASKS.search(text):
        return
    for one, many in _COUNT.findall(text):
        yield (one, many), None
    for call in _CALL.finditer(templatize(text)):
        node = ast.parse(call[0].strip(), mode="eval").body
        words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        context = words.pop(0) if "p" in call[1].removesuffix("gettext") else None
        yield (tuple(words) if len(words) > 1 else words[0]), context


def files_of(kind: str) -> list[Path]:
    """The files of every language: `po` or `mo`."""
    return [path.with_suffix(f".{kind}") for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))]


def read(path: Path) -> Catalog:
    """The words of one language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def update() -> None:
    """Bring every language up to date with the sources: new words without a translation, old ones gone."""
    words = words_of_sources()
    for path in files_of("po"):
        catalog = read(path)
        catalog.update(words, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalog, include_lineno=False, sort_output=True, width=110)


def compile_words() -> None:
    """Make what gettext reads, where the words are newer: ours, and what libraries say in plain Dutch."""
    for path in sorted(LOCALE.rglob("*/LC_MESSAGES/django.po")):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            with compiled.open("wb") as file:
                write_mo(file, read(path))


if __name__ == "__main__":
    compile_words() if sys.argv[1:] == ["compile"] else update()
