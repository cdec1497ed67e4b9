"""The words of the portal in other languages: all of them, and with the same places to fill in."""

import re

import pytest
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from config.translations import files_of, read, words_of_sources

FILES = {path.parent.parent.name: path for path in files_of("po")}
WORDS = {
    (message.id if isinstance(message.id, str) else message.id[0], message.context): message
    for message in words_of_sources()
    if message.id
}
PLACES = re.compile(r"%(?:\([a-z_A-Z]+\))?[0-9]*[sd]")


def forms(message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def places(text: str) -> list[str]:
    return sorted(PLACES.findall(text))


def test_there_is_a_file_for_each_language_that_one_may_set():
    assert set(FILES) == set(settings.TRANSLATED)


@pytest.mark.parametrize("language", FILES)
def test_every_word_of_the_sources_is_translated(language):
    catalog = read(FILES[language])
    known = {(m.id if isinstance(m.id, str) else m.id[0], m.context): m for m in catalog if m.id}
    assert sorted(map(str, set(WORDS) ^ set(known))) == []
    assert [m.id for m in known.values() if not all(forms(m))] == []
    assert [m.id for m in known.values() if m.fuzzy] == []
    assert list(catalog.obsolete) == []


@pytest.mark.parametrize("language", FILES)
def test_a_translation_has_the_same_places_to_fill_in(language):
    wrong = []
    for message in read(FILES[language]):
        source = message.id if isinstance(message.id, str) else message.id[-1]
        wrong += [form for form in forms(message) if message.id and places(form) != places(source)]
    assert wrong == []


def test_a_template_that_asks_for_translation_loads_it():
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    silent = [
        path.name
        for path in templates
        if re.search(r"{% (?:blocktranslate|translate)\b|\b_\(\"", path.read_text())
        and not re.search(r"{%\s*load [^%]*\bi18n\b", path.read_text())
    ]
    assert silent == []


def test_arabic_counts_in_its_own_way():
    with override("ar"):
        assert [ngettext("maand", "maanden", n) for n in (1, 3, 11, 100)] == ["شهر", "أشهر", "شهرًا", "شهر"]


def test_a_language_that_nobody_translated_says_it_in_dutch():
    with override("tr"):
        assert gettext("Schrijf je in") == "Schrijf je in"
