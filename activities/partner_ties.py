"""Who works with whom in a House: the activities that a partner organises there, and the meetings that people come to together."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from activities.models import Activity, Schedule, Session
from huizen.models import House
from huizen.recurrence import ONGOING
from huizen.words import wall
from partners.models import Meeting, MeetingInvitation, Partnership

#: How far back a tie counts.
YEAR = timedelta(days=365)
#: The key of the House itself.
HOUSE = 0


class Node(NamedTuple):
    """The House, or a partner with the address of its page."""

    key: int
    name: str
    url: str


class Tie(NamedTuple):
    """What two of them share: activities of the House that the partner organises, and meetings to which both said yes."""

    one: int
    other: int
    activities: int
    meetings: int

    @property
    def strength(self) -> int:
        return self.activities + self.meetings


class Ties(NamedTuple):
    """The House first, then its present partners by name; and every tie between two of them, the strongest first."""

    nodes: list[Node]
    ties: list[Tie]


def ties_of(house: House, *, now: datetime) -> Ties:
    """The network of a House over the last year and what is planned (three queries, whatever the number of rows)."""
    nodes = [Node(HOUSE, house.name, reverse("house_manage", args=[house.slug])), *_partners(house, now)]
    present = {node.key for node in nodes}
    shared = {key: number for key, number in _activities(house, now).items() if key in present}
    together = _meetings(_who_came(house, now), present)
    pairs = {(HOUSE, key) for key in shared} | set(together)
    names = {node.key: node.name for node in nodes}
    ties = [
        Tie(one, other, shared.get(other, 0) if one == HOUSE else 0, together[one, other])
        for one, other in pairs
    ]
    return Ties(nodes, sorted(ties, key=lambda tie: (-tie.strength, names[tie.one], names[tie.other], tie)))


def _partners(house: House, now: datetime) -> list[Node]:
    rows = Partnership.objects.on(wall(now).date()).filter(house=house).order_by("organisation__name", "pk")
    return [
        Node(key, name, reverse("partner_detail", args=[pk]))
        for pk, key, name in rows.values_list("pk", "organisation", "organisation__name")
    ]


def _activities(house: House, now: datetime) -> dict[int, int]:
    """By partner: the activities that had a moment in the last year, have one to come, or go on."""
    dated = Session.objects.scheduled().filter(activity=OuterRef("pk"), ends_at__gt=now - YEAR)
    rules = Schedule.objects.filter(activity=OuterRef("pk"), kind__in=ONGOING)
    goes_on = Q(Exists(rules), status=Activity.Status.PUBLISHED)
    drafts = (Activity.Status.DRAFT, Activity.Status.PROPOSED)
    rows = Activity.objects.filter(house=house, organiser__isnull=False).exclude(status__in=drafts)
    counted = rows.filter(goes_on | Exists(dated)).values("organiser").annotate(number=Count("pk"))
    return dict(counted.order_by("organiser").values_list("organiser", "number"))


def _who_came(house: House, now: datetime) -> list[tuple[int, int]]:
    """Each meeting with each organisation of which somebody came."""
    came = MeetingInvitation.objects.asked().came()
    of_partners = came.filter(
        organisation__isnull=False,
        meeting__house=house,
        meeting__status=Meeting.Status.SCHEDULED,
        meeting__ends_at__gt=now - YEAR,
    )
    return list(of_partners.order_by().values_list("meeting", "organisation").distinct())


def _meetings(came: Sequence[tuple[int, int]], present: set[int]) -> Counter[tuple[int, int]]:
    """How many meetings each two of them shared; the House is at all of its own."""
    circles: dict[int, set[int]] = {}
    for meeting, organisation in came:
        if organisation in present:
            circles.setdefault(meeting, {HOUSE}).add(organisation)
    return Counter(pair for circle in circles.values() for pair in combinations(sorted(circle), 2))
