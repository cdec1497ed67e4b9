"""Words brought to their stems, so that "slaapt", "slapen" and "geslapen" meet; one rule a language."""

from functools import cache, lru_cache

import snowballstemmer

from huizen.search.text import folded

#: How the stemmers of snowball call our languages; Ukrainian it does not know.
SNOWBALL = {"nl": "dutch", "fr": "french", "en": "english", "tr": "turkish"}
SHORTEST = 3
#: So many words are remembered: enough while our phrases are read; who understands a question remembers its words too.
MOST = 1024
_PARTICIPLE = ("t", "d", "en")
_ARABIC_FRONT = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل")
_ARABIC_BACK = ("كما", "هما", "ات", "ون", "ين", "ان", "ها", "هم", "نا", "ته", "تي", "ني", "ي", "ه", "ا")
_UKRAINIAN_ENDINGS = """
ами ями ові еві ого ому ими іми ння ать ять ють уть ити іти ати яти ешь иш єш ала ила ало или али ував увала ах ях ам ям ом ем єм
ою ею єю ий ій ої их іх им ів їв ти ла ло ли є а я у ю о е и і ь й
"""
_UKRAINIAN_BACK = sorted(map(folded, _UKRAINIAN_ENDINGS.split()), key=len, reverse=True)
#: Turkish softens the last letter of a word before an ending: bebek, bebeği.
_TURKISH_SOFT = str.maketrans("kpt", "gbd")


@cache
def _snowball(language: str):
    return snowballstemmer.stemmer(SNOWBALL[language])


@lru_cache(maxsize=MOST)
def stems(word: str) -> frozenset[str]:
    """The stems that a folded word may have, each with its language: `nl:slaap`."""
    return frozenset().union(*(stems_in(word, language) for language in _languages(word)))


@lru_cache(maxsize=MOST)
def stems_in(word: str, language: str) -> frozenset[str]:
    """The stems of a word of one language; of a word in other letters, those of the letters."""
    own = _languages(word)
    language = language if language in own else own[0]
    if len(word) <= SHORTEST:
        return frozenset({f"{language}:{word}"})
    found = {"nl": _dutch, "ar": _arabic, "uk": _ukrainian, "tr": _turkish}.get(language)
    forms = found(word) if found else {_snowball(language).stemWord(word)}
    return frozenset(f"{language}:{form}" for form in forms if len(form) >= SHORTEST - 1)


def _languages(word: str) -> tuple[str, ...]:
    if "\u0600" <= word[0] <= "\u06ff":
        return ("ar",)
    if "\u0400" <= word[0] <= "\u04ff":
        return ("uk",)
    return ("nl", "fr", "en", "tr")


def _dutch(word: str) -> set[str]:
    """Snowball leaves "huilt" and "gehuild" apart: the t of the verb and the ge- of the participle go too."""
    forms = {_snowball("nl").stemWord(word)}
    if word.startswith("ge") and 6 < len(word) < 11 and word.endswith(_PARTICIPLE):
        rest = word[2:]
        forms |= {_snowball("nl").stemWord(rest), rest.rstrip("td")}
    if word.endswith("t") and len(word) > 4:
        forms.add(word[:-1])
    return forms


def _arabic(word: str) -> set[str]:
    """Without article, "and" or pronoun; the letters of "and" may be the word's own, so both ways count."""
    bare = {word} | {
        word.removeprefix(front)
        for front in _ARABIC_FRONT
        if word.startswith(front) and len(word) - len(front) >= SHORTEST
    }
    return bare | {
        form.removesuffix(back)
        for form in bare
        for back in _ARABIC_BACK
        if form.endswith(back) and len(form) - len(back) >= SHORTEST
    }


def _ukrainian(word: str) -> set[str]:
    for back in _UKRAINIAN_BACK:
        if word.endswith(back) and len(word) - len(back) >= SHORTEST:
            return {word.removesuffix(back)}
    return {word}


def _turkish(word: str) -> set[str]:
    stem = _snowball("tr").stemWord(word)
    return {stem, stem[:-1] + stem[-1:].translate(_TURKISH_SOFT)}
