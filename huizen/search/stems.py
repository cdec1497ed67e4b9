"""One form for the forms of a Dutch word: slapen, slaapt and slaap are looked for as one."""

import threading
from functools import lru_cache

import snowballstemmer

from huizen.search.text import tokens

#: Words that say nothing about what somebody looks for, folded; in Dutch, and the commonest of the languages people type.
STOP_WORDS = frozenset(
    tokens("""
    aan al alle alles als altijd andere ben bent bij daar dan dat de der deze die dit doe doen door dus een eens en er
    ergens gaan gaat geen had heb hebben hebt heeft hem het hier hij hoe hun iemand iets ik in is ja je jij jouw jullie kan
    kun kunnen maar me meer met mij mijn moet moeten mogen mag na naar naartoe niet niets nog nu of om omdat onder ons onze
    ook op over s t te tegen terwijl toch toen tot tussen u uit uw van vanaf veel voor waar wat we wel welke wie wij wil
    willen word worden wordt zal ze zich zij zijn zo zoek zoeken zonder zou
    au aux avec ce cette de des du elle en est et il je la le ma mes mon nous ou par pas pour que qui sa ses son sur un une vos vous
    a an and are at for from i is it me my near of on or our the to we with you your
    """)
)
#: Forms that the stemmer keeps apart.
SAME = {
    "kinder": "kind",
    "eier": "ei",
    "speelt": "speel",
    "leest": "lees",
    "mamas": "mama",
    "papas": "papa",
    "babys": "baby",
}
_stemmer = snowballstemmer.stemmer("dutch")
_one_at_a_time = threading.Lock()


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a folded word; words in other letters than ours stay as they are."""
    if not word.isascii() or not word.isalpha():
        return word
    # The stemmer keeps the word that it works on in itself.
    with _one_at_a_time:
        found = _stemmer.stemWord(word)
    return SAME.get(found, found)


def telling(text: str) -> list[str]:
    """The folded words of a text that say something, in order."""
    return [word for word in tokens(text) if word not in STOP_WORDS]
