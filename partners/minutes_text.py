"""Minutes as people read them: their days in words, and as plain text."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from huizen.words import day_in_full, moment_in_full
from partners.models import Meeting, MeetingAttendance


def readable(body: dict[str, Any]) -> dict[str, Any]:
    """A revision for a page: who was there by the words for it, and the days of what is to do in words."""
    noted = body["attendance"]
    there = [(label, noted[status]) for status, label in MeetingAttendance.Status.choices if noted[status]]
    items = [{**item, "actions": [_with_day(one) for one in item["actions"]]} for item in body["items"]]
    return {**body, "there": there, "items": items, "actions": [_with_day(one) for one in body["actions"]]}


def minutes_text(meeting: Meeting, body: dict[str, Any]) -> str:
    """The same as plain text, which any program opens."""
    return "\n".join(_lines(meeting, readable(body))).strip() + "\n"


def _lines(meeting: Meeting, body: dict[str, Any]) -> Iterator[str]:
    head = f"Verslag: {meeting.title}"
    yield from (head, "=" * len(head), "", meeting.host)
    yield moment_in_full(meeting.starts_at, meeting.ends_at)
    if where := meeting.place or meeting.online_url:
        yield where
    yield ""
    for words, names in body["there"]:
        yield f"{words.capitalize()}: {', '.join(names)}"
    for number, item in enumerate(body["items"], start=1):
        yield from _item_lines(number, item)
    yield from _actions(body["actions"])
    if body["remarks"]:
        yield from ("", "Algemeen", "--------", body["remarks"])


def _item_lines(number: int, item: dict[str, Any]) -> Iterator[str]:
    head = f"{number}. {item['title']} ({item['purpose']})"
    yield from ("", head, "-" * len(head))
    if item["deferred"]:
        yield "Doorgeschoven naar een volgend overleg."
    if item["notes"]:
        yield item["notes"]
    for decision in item["decisions"]:
        yield f"Beslist: {decision}"
    yield from _actions(item["actions"])


def _actions(actions: list[dict[str, Any]]) -> Iterator[str]:
    for one in actions:
        who = one["owner"] or "nog niemand"
        yield f"Te doen: {one['title']} ({', '.join(filter(None, (who, one['day'])))})"


def _with_day(action: dict[str, Any]) -> dict[str, Any]:
    due = action["due_on"]
    return {**action, "day": f"tegen {day_in_full(date.fromisoformat(due))}" if due else ""}
