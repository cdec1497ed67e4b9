"""What the jury of a call says: who still judges, and how the applications rank. Read from the rows, stored nowhere."""

from collections import defaultdict
from fractions import Fraction
from typing import NamedTuple

from projects.application.ranking import Place, mean_of, ranking
from projects.models import Application, ApplicationState, Call, Judgement, JurySeat

#: What stood, or stands, before the jury.
JUDGED = (
    ApplicationState.IN_JURY,
    ApplicationState.SELECTED,
    ApplicationState.RESERVE,
    ApplicationState.NOT_SELECTED,
)


class Line(NamedTuple):
    """One application in the ranking: how many of the members judged it, and who may not."""

    application: Application
    place: Place
    judged: int
    waiting: int
    conflicts: int
    equals: list[Application]

    @property
    def mean(self) -> str:
        """The mean as people read it: 7,25."""
        return "–" if self.place.mean is None else written(self.place.mean)


def written(mean: Fraction) -> str:
    """A mean with two decimals, rounded half up; the ranking itself is exact."""
    hundredths = int(mean * 100 + Fraction(1, 2))
    return f"{hundredths // 100},{hundredths % 100:02d}"


def ranked(call: Call) -> list[Line]:
    """All applications that the jury judges, best first (five queries, whatever their number)."""
    rows = {
        row.pk: row for row in call.applications.filter(state__in=JUDGED).select_related("house", "project")
    }
    weights = dict(call.criteria.values_list("pk", "weight"))
    seats = call.seats.filter(ended_at=None).count()
    judged, busy, conflicts = defaultdict(list), defaultdict(int), defaultdict(int)
    for each in (
        Judgement.objects.filter(application__in=rows).select_related("seat").prefetch_related("scores")
    ):
        if each.has_conflict:
            conflicts[each.application_id] += each.seat.ended_at is None
        elif each.handed_in_at:
            judged[each.application_id].append(
                {score.criterion_id: score.points for score in each.scores.all()}
            )
            busy[each.application_id] += each.seat.ended_at is None
    means = {key: mean_of(judged[key], weights) for key in sorted(rows)}
    return [
        Line(
            rows[place.key],
            place,
            len(judged[place.key]),
            seats - busy[place.key] - conflicts[place.key],
            conflicts[place.key],
            [rows[other] for other in place.equals],
        )
        for place in ranking(means)
    ]


def missing_judgements(application: Application) -> str:
    """What the jury still has to do for one application, in words; empty when nothing."""
    said = Judgement.objects.filter(application=application)
    if not said.filter(handed_in_at__isnull=False).exists():
        return "niemand gaf punten"
    done = said.filter(has_conflict=True) | said.filter(handed_in_at__isnull=False)
    waiting = JurySeat.objects.filter(call=application.call_id, ended_at=None).exclude(judgements__in=done)
    names = [str(seat.user or seat) for seat in waiting.select_related("user").order_by("number")]
    return f"we wachten op {', '.join(names)}" if names else ""
