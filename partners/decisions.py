"""What was decided in meetings, read from the minutes as they stand: one line a decision, with where it was taken."""

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from huizen.models import House
from partners.models import Meeting, MeetingGroup, Minutes, MinutesRevision


@dataclass(frozen=True)
class Decision:
    """One decision, the point at which it was taken, and the minutes that tell of it."""

    meeting: Meeting
    point: str
    text: str
    state: str

    @property
    def is_approved(self) -> bool:
        """Whether a later meeting said that the minutes are right."""
        return self.state == Minutes.State.APPROVED

    @property
    def state_label(self) -> str:
        return str(Minutes.State(self.state).label)


def minuted(*, house: House | None) -> QuerySet[Minutes]:
    """The minutes of a House (None: of the network) in which something stands."""
    held = Minutes.objects.filter(meeting__house=house, revisions__isnull=False)
    return held.exclude(meeting__status=Meeting.Status.CANCELLED)


def decisions(
    *, house: House | None, year: int, group: MeetingGroup | None = None, words: str = ""
) -> list[Decision]:
    """The decisions of a year, the latest meeting first and in the order of its agenda (one query).

    `words`: only those in which all of these stand, in the decision or in the title of its point.
    """
    latest = MinutesRevision.objects.filter(minutes=OuterRef("pk")).order_by("-number").values("body")[:1]
    rows = minuted(house=house).filter(meeting__starts_at__year=year).distinct()
    rows = rows.filter(meeting__group=group) if group else rows
    rows = rows.annotate(body=Subquery(latest)).select_related("meeting__group")
    found = [
        Decision(minutes.meeting, item["title"], text, minutes.state)
        for minutes in rows.order_by("-meeting__starts_at", "-pk")
        for item in minutes.body["items"]
        for text in item["decisions"]
    ]
    wanted = words.casefold().split()
    return [one for one in found if all(word in f"{one.point} {one.text}".casefold() for word in wanted)]


def years(*, house: House | None) -> list[int]:
    """The years of which there are minutes, the latest first (one query)."""
    days = minuted(house=house).dates("meeting__starts_at", "year", order="DESC")
    return [day.year for day in days]
