"""What we teach the search: a phrase of life and where it leads; and what we leave unanswered."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huizen.actions.logbook import record
from huizen.models import Concept, SearchPhrase, User
from huizen.search.text import tokens
from huizen.vocabulary import LifeDomain, OfferType

TAUGHT = ("phrase", "language", "offer_types", "life_domains")


class ConceptError(Exception):
    """Why a phrase cannot be kept, as a sentence for who typed it."""


def folded_phrase(phrase: str) -> str:
    """A phrase as it is compared, in any spelling of its letters."""
    return " ".join(tokens(phrase))


@transaction.atomic
def create_concept(*, concept: Concept, by: User, now: datetime) -> Concept:
    """Keep a new phrase; what was missed under it counts anew. Raises ConceptError when it exists already."""
    _keep(concept, now)
    SearchPhrase.objects.filter(phrase=concept.folded).delete()
    record("created", concept, by=by, now=now)
    return concept


@transaction.atomic
def change_concept(*, concept: Concept, by: User, now: datetime) -> None:
    """Keep what changed; from now on a new edition of the portal leaves it alone. Raises ConceptError."""
    stored = Concept.objects.select_for_update().get(pk=concept.pk)
    before, after = _told(stored), _told(concept)
    changes = {name: [before[name], after[name]] for name in TAUGHT if before[name] != after[name]}
    if changes:
        _keep(concept, now)
        record("changed", concept, by=by, now=now, changes=changes)


@transaction.atomic
def switch_concept(*, concept: Concept, on: bool, by: User, now: datetime) -> None:
    """Use a phrase, or no longer; twice the same is once."""
    stored = Concept.objects.select_for_update().get(pk=concept.pk)
    if stored.is_active != on:
        stored.is_active, stored.changed_at = on, now
        stored.save(update_fields=["is_active", "changed_at"])
        record("switched_on" if on else "switched_off", stored, by=by, now=now)


@transaction.atomic
def dismiss_miss(*, miss: SearchPhrase, dismissed: bool, by: User, now: datetime) -> None:
    """Say that missed words need no phrase of ours, or take that back."""
    if SearchPhrase.objects.filter(pk=miss.pk, is_dismissed=not dismissed).update(is_dismissed=dismissed):
        record("dismissed" if dismissed else "recalled", miss, by=by, now=now)


def _keep(concept: Concept, now: datetime) -> None:
    concept.folded, concept.changed_at = folded_phrase(concept.phrase), now
    try:
        with transaction.atomic():
            concept.save()
    except IntegrityError as error:
        raise ConceptError("Dit zoekwoord bestaat al in deze taal.") from error


def _told(concept: Concept) -> dict:
    """The facts of a phrase in words, for the logbook."""
    return {
        "phrase": concept.phrase,
        "language": concept.language,
        "offer_types": [str(OfferType(code).label) for code in concept.offer_types],
        "life_domains": [str(LifeDomain(code).label) for code in concept.life_domains],
    }
