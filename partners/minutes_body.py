"""What minutes say, as plain values: written, joined with what somebody else wrote meanwhile, and kept as a revision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from partners.models import ActionPoint, AgendaItem, Meeting, MeetingAttendance

State, Status = AgendaItem.State, MeetingAttendance.Status
#: What is written at a point, with the words of its field.
FIELDS = {"notes": "Wat er gezegd is", "decisions": "Beslissingen"}
REMARKS = "remarks"


@dataclass(frozen=True)
class Noted:
    """What is written at one point: notes, and decisions, one a line."""

    notes: str = ""
    decisions: str = ""


@dataclass(frozen=True)
class Written:
    """All that is written: at the points, by their key, and in general."""

    remarks: str = ""
    points: Mapping[int, Noted] = field(default_factory=dict)


class Clash(NamedTuple):
    """Two people wrote another text in the same place (`key` 0: in general)."""

    key: int
    name: str
    theirs: str
    mine: str


def written_in(body: dict[str, Any]) -> Written:
    """What was written, read from a revision; nothing of what is none yet."""
    points = {
        item["key"]: Noted(item["notes"], "\n".join(item["decisions"])) for item in body.get("items", [])
    }
    return Written(body.get("remarks", ""), points)


def joined(base: Written, theirs: Written, mine: Written) -> tuple[Written, list[Clash]]:
    """What both wrote since `base`, as one text; where both wrote in one place, mine, and that it clashes."""
    clashes: list[Clash] = []

    def one(key: int, name: str, was: str, their: str, my: str) -> str:
        if my in (was, their):
            return their
        if their != was:
            clashes.append(Clash(key, name, their, my))
        return my

    nothing, points = Noted(), {}
    for key in {**theirs.points, **mine.points}:
        was, their = base.points.get(key, nothing), theirs.points.get(key, nothing)
        my = mine.points.get(key, was)
        points[key] = Noted(
            **{
                name: one(key, name, getattr(was, name), getattr(their, name), getattr(my, name))
                for name in FIELDS
            }
        )
    remarks = one(0, REMARKS, base.remarks, theirs.remarks, mine.remarks)
    return Written(remarks, points), clashes


def tidy(written: Written) -> Written:
    """The same with one kind of line end and no empty lines among the decisions, as a browser would not send it."""
    points = {
        key: Noted(_lines(noted.notes), "\n".join(decisions_of(noted)))
        for key, noted in written.points.items()
    }
    return replace(written, remarks=_lines(written.remarks), points=points)


def decisions_of(noted: Noted) -> list[str]:
    """The decisions, one a line."""
    return [line.strip() for line in noted.decisions.splitlines() if line.strip()]


def body_of(meeting: Meeting, written: Written, former: dict[str, Any]) -> dict[str, Any]:
    """A revision: the agenda as it is now, what is written, what was agreed to do, and who was there (four queries).

    A point that was taken off the agenda stays where something was written at it, as `former` has it.
    """
    actions = list(
        meeting.action_points.exclude(state=ActionPoint.State.DROPPED).with_owner().order_by("due_on", "pk")
    )
    items = [_item(item, written, actions) for item in meeting.agenda.order_by("position")]
    known = {item["key"] for item in items}
    gone = [item for item in former.get("items", []) if item["key"] not in known]
    gone = [item for item in gone if item["notes"] or item["decisions"] or item["actions"]]
    loose = [_action(point) for point in actions if point.item_id not in known]
    return {
        "remarks": written.remarks,
        "attendance": _attendance(meeting),
        "items": [*items, *(_unlisted(item) for item in gone)],
        "actions": loose,
    }


def _item(item: AgendaItem, written: Written, actions: Iterable[ActionPoint]) -> dict[str, Any]:
    noted = written.points.get(item.pk, Noted())
    return {
        "key": item.pk,
        "title": item.title,
        "purpose": item.get_purpose_display(),
        "presenter": item.presenter,
        "deferred": item.state == State.DEFERRED,
        "notes": noted.notes,
        "decisions": decisions_of(noted),
        "actions": [_action(point) for point in actions if point.item_id == item.pk],
    }


def _unlisted(item: dict[str, Any]) -> dict[str, Any]:
    """What was agreed at it is told with what belongs to no point."""
    return {**item, "actions": []}


def _action(point: ActionPoint) -> dict[str, Any]:
    return {
        "title": point.title,
        "owner": point.owner_name,
        "due_on": point.due_on.isoformat() if point.due_on else "",
    }


def _attendance(meeting: Meeting) -> dict[str, list[str]]:
    """The names by how they were there, each list in the order of names."""
    found: dict[str, list[str]] = {status: [] for status in Status.values}
    rows = meeting.attendance.select_related("invitation__organisation")
    for row in rows:
        found[row.status].append(row.name or _with_organisation(row.invitation))
    return {status: sorted(filter(None, names), key=str.casefold) for status, names in found.items()}


def _with_organisation(invitation) -> str:
    if not invitation.name:
        return ""
    return f"{invitation.name} ({invitation.organisation})" if invitation.organisation_id else invitation.name


def _lines(text: str) -> str:
    return "\n".join(text.splitlines()).strip()
