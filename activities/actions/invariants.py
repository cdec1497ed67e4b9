"""The promises about places, checked against the rows: what is counted must be what is there."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, IntegerField, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from activities.models import Activity, Hold, Registration, Session
from huizen.models import Category
from huizen.outbox.queue import queue_message

log = logging.getLogger(__name__)
#: So many are named; where more do not hold, what is wrong is not one moment.
MOST_TOLD = 50
State = Registration.State


@dataclass(frozen=True)
class Broken:
    """A promise that does not hold for one moment: what stands there, and what was found."""

    session_id: int
    promise: str
    kept: int
    found: int

    def __str__(self):
        return f"moment {self.session_id}: {self.promise}: {self.kept} bewaard, {self.found} geteld"


def check_invariants(*, now: datetime) -> list[Broken]:
    """All broken promises; each is logged as an error. Three statements, whatever the number of moments.

    What is deleted or changed behind the actions' back shows up here within a day.
    """
    broken = [*_counters(), *_parties()]
    for each in broken:
        log.error("%s (%s)", each, now.isoformat())
    return broken


@transaction.atomic
def tell_operators(broken: Sequence[Broken], *, now: datetime) -> None:
    """One mail a day to each who runs the portal (OPERATOR_EMAILS), about what does not hold. It names nobody."""
    if not broken:
        return
    context = {"number": len(broken), "broken": [str(each) for each in broken[:MOST_TOLD]]}
    for address in settings.OPERATOR_EMAILS:
        queue_message(
            key=f"invariants:{now:%Y-%m-%d}:{address}",
            category=Category.OPERATION,
            recipient=address,
            template="invariants_broken",
            context=context,
            now=now,
        )


def _counters() -> list[Broken]:
    sessions = Session.objects.annotate(
        confirmed=_total(State.CONFIRMED),
        waiting=_total(State.WAITING),
        offered=_total(State.OFFERED),
        highest=_highest(),
        held=_held(),
    ).filter(
        ~Q(confirmed=F("confirmed_count"))
        | ~Q(waiting=F("waiting_count"))
        | Q(highest__gt=F("waiting_last"))
        | ~Q(held=F("held_count"))
        | ~Q(offered=F("offered_count"))
    )
    return [broken for session in sessions.order_by("pk") for broken in _of(session)]


def _of(session) -> list[Broken]:
    pairs = [
        (
            "bezette plaatsen",
            session.confirmed_count,
            session.confirmed,
            session.confirmed_count == session.confirmed,
        ),
        (
            "wachtende plaatsen",
            session.waiting_count,
            session.waiting,
            session.waiting_count == session.waiting,
        ),
        (
            "aangeboden plaatsen",
            session.offered_count,
            session.offered,
            session.offered_count == session.offered,
        ),
        ("vrijgehouden plaatsen", session.held_count, session.held, session.held_count == session.held),
        ("laatste nummer", session.waiting_last, session.highest, session.highest <= session.waiting_last),
    ]
    return [Broken(session.pk, promise, kept, found) for promise, kept, found, holds in pairs if not holds]


def _parties() -> list[Broken]:
    """Where children are counted, a party has as many places as children."""
    wrong = (
        Registration.objects.current()
        .filter(session__activity__counts=Activity.Counts.CHILDREN, anonymised_at=None)
        .annotate(children=Count("participants"))
        .exclude(children=F("places"))
        .select_related("session__activity")
    )
    return [
        Broken(each.session_id, f"kinderen van {each}", each.places, each.children)
        for each in wrong.order_by("pk")
    ]


def _total(state: str) -> Coalesce:
    rows = Registration.objects.filter(session=OuterRef("pk"), state=state).order_by().values("session")
    return Coalesce(
        Subquery(rows.annotate(total=Sum("places")).values("total"), output_field=IntegerField()), 0
    )


def _held() -> Coalesce:
    rows = Hold.objects.filter(session=OuterRef("pk")).order_by().values("session")
    return Coalesce(
        Subquery(rows.annotate(total=Sum("places")).values("total"), output_field=IntegerField()), 0
    )


def _highest() -> Coalesce:
    rows = Registration.objects.filter(session=OuterRef("pk")).order_by().values("session")
    return Coalesce(
        Subquery(rows.annotate(total=Max("waiting_number")).values("total"), output_field=IntegerField()), 0
    )
