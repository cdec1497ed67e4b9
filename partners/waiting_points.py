"""What partners themselves hand in for an agenda: what was put off, minutes to approve, and what was agreed to do."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from huizen.words import day_in_full, wall
from partners.agenda_sources import Waiting
from partners.meeting_line import before, line_of
from partners.models import ActionPoint, AgendaItem, Meeting, Minutes

#: So many titles stand in the text of a point.
FEW = 10


def carried(meeting: Meeting, now: datetime) -> Iterator[Waiting]:
    """What earlier meetings put off (one query)."""
    rows = AgendaItem.objects.to_carry(line_of(meeting)).filter(meeting__starts_at__lt=meeting.starts_at)
    for item in rows.select_related("meeting").order_by("-meeting__starts_at", "position"):
        yield Waiting(
            key=f"punt-{item.pk}",
            title=item.title,
            text=item.text,
            url=reverse("minutes_detail", args=[item.meeting_id]),
            purpose=item.purpose,
            minutes=item.minutes,
            item=item.pk,
        )


def minutes_to_approve(meeting: Meeting, now: datetime) -> Iterator[Waiting]:
    """Minutes of earlier meetings that went round (one query)."""
    sent = Minutes.objects.filter(meeting__in=before(meeting), state=Minutes.State.CIRCULATED)
    for minutes in sent.select_related("meeting").order_by("meeting__starts_at"):
        yield Waiting(
            key=f"verslag-{minutes.pk}",
            title=f"Verslag van {day_in_full(wall(minutes.meeting.starts_at).date())} goedkeuren",
            url=reverse("minutes_detail", args=[minutes.pk]),
            purpose=AgendaItem.Purpose.DECIDE,
            minutes=5,
        )


def actions_to_follow(meeting: Meeting, now: datetime) -> Iterator[Waiting]:
    """One point for all that was agreed to do and is not done yet (one query)."""
    open_points = list(open_actions(meeting)[: FEW + 1])
    if open_points:
        lines = [f"- {point.title} ({point.owner_name or 'nog niemand'})" for point in open_points[:FEW]]
        yield Waiting(
            key="actiepunten",
            title="Actiepunten van vorige keer",
            text="\n".join([*lines, *(["- en andere"] if len(open_points) > FEW else [])]),
            url=reverse("action_list"),
            purpose=AgendaItem.Purpose.DISCUSS,
            minutes=10,
        )


def open_actions(meeting: Meeting):
    """What was agreed before a meeting and is still to be done, the most urgent first."""
    line = Q(meeting__in=line_of(meeting).exclude(pk=meeting.pk))
    loose = Q(meeting=None, house_id=meeting.house_id) if meeting.group_id is None else Q(pk=None)
    return ActionPoint.objects.open().filter(line | loose).with_owner().order_by("due_on", "pk")
