"""Dutch writes words as one: speelgroep is spelen and groep. Taken apart against the words that we know."""

from collections.abc import Container

from huizen.search.stems import stem

#: The shortest part, so that "maan" and "dag" stay together.
SHORTEST = 4
#: What may stand between two parts: gezin-s-bond, groep-en-dag, kind-er-opvang.
LINKS = ("", "s", "n", "e", "en", "er")


def parts(word: str, stems: Container[str]) -> tuple[str, ...]:
    """The stems of the two or three parts of a folded word, or nothing where it cannot be taken apart."""
    if len(word) < 2 * SHORTEST:
        return ()
    for cut in range(len(word) - SHORTEST, SHORTEST - 1, -1):
        left = _known(word[:cut], stems)
        if not left:
            continue
        right = stem(word[cut:])
        if right in stems:
            return left, right
        if more := parts(word[cut:], stems):
            return left, *more
    return ()


def _known(left: str, stems: Container[str]) -> str:
    """The stem of the first part, with or without what links it to the second."""
    for link in LINKS:
        bare = left.removesuffix(link) if link else left
        if len(bare) < SHORTEST or (link and bare == left):
            continue
        for form in (bare, stem(bare)):
            if form in stems:
                return form
    return ""
