"""How it stands with asking whether offer still holds, for who follows it: asked, reminded, silent, answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from activities.models import Activity, CheckLetter, CheckQuestion
from activities.models.check import CALL_AFTER

Answer = CheckQuestion.Answer


@dataclass(frozen=True)
class Asked:
    """One line of the list: `words` in a badge of a kind, `more` beside it, and whom to call now."""

    words: str
    kind: str
    more: str = ""
    call: CheckLetter | None = None


NOT_ASKED = Asked("nog niet gevraagd", "quiet")


def asked_of(activities: Iterable[Activity], *, today: date) -> dict[int, Asked]:
    """How it stands with each activity since somebody last looked at it (one query)."""
    activities = list(activities)
    checked = {each.pk: each.checked_on for each in activities}
    rows = CheckQuestion.objects.filter(activity__in=activities).select_related("letter")
    found = {each.pk: NOT_ASKED for each in activities}
    for question in rows.order_by("letter__asked_on", "answered_at", "pk"):
        seen_on = checked[question.activity_id]
        if seen_on is None or seen_on < question.letter.asked_on:
            found[question.activity_id] = _asked(question, found[question.activity_id], today)
    return found


def _asked(question: CheckQuestion, before: Asked, today: date) -> Asked:
    """Several people may be asked: the first answer counts, whoever gave it."""
    letter = question.letter
    if question.answer:
        return Asked(f"antwoord: {question.get_answer_display()}", "warning", f"van {letter.name}")
    if before.words.startswith("antwoord"):
        return before
    if letter.asked_on + CALL_AFTER <= today:
        return Asked("geen antwoord", "bad", f"gevraagd op {_day(letter.asked_on)}", letter)
    if letter.remind_on <= today:
        return Asked(f"herinnerd op {_day(letter.remind_on)}", "info", f"aan {letter.name}")
    again = f"aan {letter.name}. We herinneren op {_day(letter.remind_on)}"
    return Asked(f"gevraagd op {_day(letter.asked_on)}", "info", again)


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
