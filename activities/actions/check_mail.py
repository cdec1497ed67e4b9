"""What the outbox asks of the mails that ask whether offer still holds: still wanted, and what do they say.

Asked when a mail is due and again just before it leaves: what somebody looked at meanwhile is dropped, and where
nothing is left no mail leaves.
"""

from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from activities.actions.check_asking import ASK, REMIND
from activities.keepers import keepers_of, with_keepers
from activities.models import Activity, CheckLetter, CheckQuestion
from activities.models.check import LINKS_WORK
from huizen import links
from huizen.outbox.kinds import Kind, Letter, Row
from huizen.words import day_in_full

PURPOSE = "check"


def why_not(row: Row, now: datetime) -> str:
    """Why the mail is no longer wanted; empty when it is."""
    letter = CheckLetter.objects.filter(pk=row.subject_id).first()
    if letter is None:
        return "de vraag bestaat niet meer"
    return "" if waiting_questions(letter.email, letter=letter.pk) else "alles is intussen nagekeken"


def compose_question(row: Row, now: datetime) -> Letter:
    """All that she answers for and that is to be looked at, each with its own link."""
    return _letter("check_question", row)


def compose_reminder(row: Row, now: datetime) -> Letter:
    """The same, shorter: what still waits."""
    return _letter("check_reminder", row)


KINDS = (
    Kind(name=ASK, why_not=why_not, compose=compose_question),
    Kind(name=REMIND, why_not=why_not, compose=compose_reminder),
)


def waiting_questions(
    email: str, *, letter: UUID | None = None, today: date | None = None
) -> list[CheckQuestion]:
    """The open questions to one address, of one letter or with a link that works on a day.

    Only what she still answers for, the longest unchecked first; six queries, however many there are.
    """
    rows = CheckQuestion.objects.open().filter(letter__email=email)
    if letter:
        rows = rows.filter(letter=letter)
    if today:
        rows = rows.filter(letter__asked_on__gte=today - LINKS_WORK)
    # Asked about twice: the last letter counts.
    last = {
        each.activity_id: each for each in rows.select_related("letter").order_by("letter__asked_on", "pk")
    }
    kept = _kept_by(email, set(last))
    for key, activity in kept.items():
        last[key].activity = activity
    return sorted((last[key] for key in kept), key=_longest_unseen)


def answers_for(email: str, activity_id: int) -> Activity | None:
    """The activity, if this address (still) answers for it."""
    return _kept_by(email, {activity_id}).get(activity_id)


def question_path(question: CheckQuestion) -> str:
    """The page on which she answers one question, without an account."""
    return reverse("check_answer", args=[links.sign(PURPOSE, question.pk)])


def _kept_by(email: str, keys: set[int]) -> dict[int, Activity]:
    rows = with_keepers(Activity.objects.filter(pk__in=keys))
    return {each.pk: each for each in rows if email in {keeper.email for keeper in keepers_of(each)}}


def _longest_unseen(question: CheckQuestion) -> tuple[date, int]:
    return question.activity.checked_on or date.min, question.activity_id


def _letter(template: str, row: Row) -> Letter:
    letter = CheckLetter.objects.get(pk=row.subject_id)
    questions = waiting_questions(letter.email, letter=letter.pk)
    return Letter(
        template,
        {
            "name": letter.name,
            "until": day_in_full(letter.asked_on + LINKS_WORK),
            "items": [_item(question) for question in questions],
        },
    )


def _item(question: CheckQuestion) -> dict[str, str]:
    activity = question.activity
    return {
        "title": activity.title,
        "house": activity.house.name,
        "checked": day_in_full(activity.checked_on) if activity.checked_on else "",
        "link": links.absolute(question_path(question)),
    }
