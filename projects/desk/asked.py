"""What projects ask the agency to decide beside their reports, as it stands now."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet, TextChoices, Value
from django.db.models.expressions import RawSQL

from projects.keys import among
from projects.models import Amendment, Mainstreaming, Story, Yardstick


class Ask(TextChoices):
    """What is asked."""

    CHANGE = "change", "wijziging"
    STORY = "story", "verhaal"
    STAYS = "stays", "deel dat blijft"

    @property
    def page(self) -> str:
        """The name of the page where the agency decides about it."""
        return "amendment_list" if self is Ask.CHANGE else "story_list"


def asked_by(projects: Iterable[int]) -> dict[int, Counter[Ask]]:
    """How many of each wait for a decision, by the key of the project (one query)."""
    keys = among(projects)
    objective = "indicator__result__objective__project"
    changes = _asks(Amendment.objects.waiting(), Ask.CHANGE, "project", keys)
    others = (
        _asks(Yardstick.objects.filter(state=Yardstick.State.PROPOSED), Ask.CHANGE, objective, keys),
        _asks(Story.objects.filter(state=Story.State.PROPOSED), Ask.STORY, "project", keys),
        _asks(Mainstreaming.objects.filter(confirmed_at=None), Ask.STAYS, "project", keys),
    )
    found: dict[int, Counter[Ask]] = defaultdict(Counter)
    for key, ask in changes.union(*others, all=True):
        found[key][Ask(ask)] += 1
    return found


def _asks(rows: QuerySet, ask: Ask, project: str, keys: RawSQL) -> QuerySet:
    waiting = rows.filter(**{f"{project}__in": keys}).order_by()
    return waiting.annotate(ask=Value(ask.value)).values_list(project, "ask")
