"""A report as it was handed in: plain values with their words, proved by a sum, compared with an earlier version."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from activities.word_difference import Piece, difference
from projects.models import Evidence
from projects.numbers import cents_of
from projects.progress import progress
from projects.report_parts import Kind, Part, number_in, words_of

Content = dict[str, Any]


class PartDifference(NamedTuple):
    """One part in words, before and after, with the words that differ marked."""

    key: str
    section: str
    label: str
    before: str
    after: str
    pieces: list[Piece]


def content_of(parts: list[Part], values: Mapping[str, str], evidence: Iterable[Evidence] = ()) -> Content:
    """What is frozen: every part with its label, for a number all that it was held against, and what was added to it."""
    return {
        "evidence": [_named(each) for each in evidence],
        "parts": [_frozen(part, values[part.key]) for part in parts],
        "by_objective": {
            part.key.removeprefix("signal-"): values[part.key] for part in parts if part.kind == Kind.SIGNAL
        },
    }


def sum_of(content: Content) -> str:
    """The SHA-256 of the canonical JSON of a version (keys in order, no spaces)."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sections_of(content: Content) -> list[tuple[str, list[dict[str, Any]]]]:
    """What was said under each heading; what was left open is left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for part in content["parts"]:
        if part["words"]:
            found.setdefault(part["section"], []).append(part)
    return list(found.items())


def differences(before: Content, after: Content) -> list[PartDifference]:
    """The parts that read otherwise, in the order of the later version; then those that are gone."""
    old = {part["key"]: part for part in before["parts"]}
    new = {part["key"]: part for part in after["parts"]}
    pairs = [(old.get(key), part) for key, part in new.items()]
    pairs += [(part, None) for key, part in old.items() if key not in new]
    shown = [(was or now, _words(was), _words(now)) for was, now in pairs]
    return [
        PartDifference(part["key"], part["section"], part["label"], was, now, difference(was, now))
        for part, was, now in shown
        if was != now
    ]


def _named(evidence: Evidence) -> dict[str, Any]:
    """What a version keeps of a file or a photo, also once that is gone: never the name of a person."""
    return {
        "id": evidence.pk,
        "kind": evidence.kind,
        "title": evidence.title,
        "alt": evidence.alt_text,
        "size": evidence.size,
        "sha256": evidence.sha256,
        "consent": evidence.consent.reference if evidence.consent else "",
    }


def _words(part: Mapping[str, Any] | None) -> str:
    return part["words"] if part else ""


def _frozen(part: Part, text: str) -> dict[str, Any]:
    kept = {
        "key": part.key,
        "section": part.section,
        "label": part.label,
        "words": words_of(part, text),
        "guide": part.guide,
    }
    if part.kind == Kind.EURO:
        kept["spent"] = {"line": part.row, "cents": cents_of(text), "budget": int(part.measured.target * 100)}
    elif part.measured:
        kept["figure"] = _figure(part, text)
    return kept


def _figure(part: Part, text: str) -> dict[str, Any]:
    measured, actual = part.measured, number_in(part, text)
    share = progress(actual=actual, baseline=measured.baseline, target=measured.target)
    return {
        "indicator": part.row,
        "value": str(actual),
        "yardstick": measured.yardstick.pk if measured.yardstick else None,
        "edition": measured.yardstick.edition if measured.yardstick else None,
        "baseline": _text(measured.baseline),
        "target": _text(measured.target),
        "progress": None if share is None else f"{share:.4f}",
        "last": _text(measured.last),
        "counted": measured.count.now if measured.count else None,
        "rows": [list(row) for row in measured.count.rows] if measured.count else [],
    }


def _text(number) -> str | None:
    return None if number is None else str(number)
