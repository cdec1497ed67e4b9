"""What a process remembers to understand questions: our phrases and the school holidays, as the database has them."""

from dataclasses import dataclass

from huizen.changes import Kept
from huizen.models import Concept, Holiday
from huizen.search.meaning.concepts import Concepts, compiled


@dataclass(frozen=True)
class Known:
    """Our phrases, ready to be looked for, and the school holidays, the first one first."""

    concepts: Concepts
    holidays: tuple[Holiday, ...]


def _read() -> Known:
    active = Concept.objects.filter(is_active=True).order_by("pk")
    rows = active.values_list("phrase", "language", "offer_types", "life_domains")
    school = Holiday.objects.filter(kind=Holiday.Kind.SCHOOL).order_by("starts_on")
    return Known(compiled(rows), tuple(school))


#: What is read.
TABLES = (Concept, Holiday)
_kept = Kept(_read, *TABLES)


def current() -> Known:
    """What is known now; at most a second old outside a transaction."""
    return _kept.current()
