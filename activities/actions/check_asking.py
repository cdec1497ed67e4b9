"""Asking who answers for an offer whether it still holds: once a month, one mail a person, and at once when a House asks.

On the first working morning of the month: all that is to be looked at within a month from then. What was asked and
not answered rests for a while: after one reminder it is for a person to call (activities/models/check.py).
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from activities.freshness import is_due, next_check_in_database
from activities.keepers import Keeper, keepers_of, with_keepers
from activities.models import Activity, CheckLetter, CheckQuestion
from activities.models.check import REMIND_AFTER
from huizen.actions.logbook import record
from huizen.models import Category, Holiday, House, User
from huizen.outbox.planning import Reminder, plan

ASK, REMIND = "check_question", "check_reminder"
HOUR = time(9, 10)
#: After an outage the mails of a month still leave so many days later, and a mail is of use so long.
LATE = USEFUL = timedelta(days=7)
#: What nobody answered is not asked again by the clock before so many days.
RESTS = timedelta(days=80)


class AskError(Exception):
    """Nobody can be asked about this now; the text is a sentence for who tried."""


def ask_monthly(*, now: datetime) -> int:
    """Ask everybody about what is to be looked at; how many people got a mail. Safe to run twice, and side by side."""
    today = timezone.localdate(now)
    first = first_working_day(today.replace(day=1))
    if not first <= today <= first + LATE:
        return 0
    by_person: dict[str, list[tuple[Keeper, Activity]]] = defaultdict(list)
    for activity in with_keepers(_to_ask(first)):
        for keeper in keepers_of(activity):
            by_person[keeper.email].append((keeper, activity))
    return sum(_ask_monthly(found, now=now) for _, found in sorted(by_person.items()))


def first_working_day(day: date) -> date:
    """The first day from this one on that is no Saturday, Sunday or public holiday."""
    off = Holiday.objects.filter(kind=Holiday.Kind.PUBLIC).touching(day, day + timedelta(days=14))
    closed = {each.starts_on for each in off}
    return next(
        one
        for number in range(15)
        if (one := day + timedelta(days=number)).weekday() < 5 and one not in closed
    )


def _to_ask(first: date):
    """Offer of Houses that ask, to be looked at within a month, of which no question still waits or was just answered."""
    asked = CheckQuestion.objects.filter(
        Q(activity__checked_on=None) | Q(activity__checked_on__lt=F("letter__asked_on")),
        activity=OuterRef("pk"),
        letter__asked_on__gt=first - RESTS,
    ).exclude(answer=CheckQuestion.Answer.HOLDS)
    rows = Activity.objects.annotate(next_check=next_check_in_database()).filter(
        is_due(first + relativedelta(months=1)),
        status__in=CheckQuestion.ASKED_ABOUT,
        house__is_published=True,
        house__asks_monthly=True,
    )
    # Of the letters of this month itself only the key counts: a second run must find the same people.
    earlier = Q(letter__month__lt=first.replace(day=1)) | Q(letter__is_monthly=False)
    return rows.exclude(Exists(asked.filter(earlier))).order_by("next_check", "pk")


@transaction.atomic
def _ask_monthly(found: list[tuple[Keeper, Activity]], *, now: datetime) -> bool:
    """One letter for one person; False where she had hers this month."""
    letter = _letter(found[0][0], now=now)
    CheckLetter.objects.bulk_create([letter], ignore_conflicts=True)
    if not CheckLetter.objects.filter(pk=letter.pk).exists():
        return False
    _send(letter, [activity for _, activity in found], now=now)
    return True


@transaction.atomic
def ask_now(*, activity: Activity, by: User, now: datetime) -> list[str]:
    """Ask who answers for one offer, today; the names of who gets a mail. Raises AskError."""
    # The lock: two presses are one question.
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    activity = with_keepers(Activity.objects.filter(pk=activity.pk)).get()
    keepers = keepers_of(activity)
    if reason := _why_not_now(activity, keepers, by=by, today=timezone.localdate(now)):
        raise AskError(reason)
    for keeper in keepers:
        letter = _letter(keeper, now=now)
        letter.is_monthly, letter.asked_by = False, by
        letter.save(force_insert=True)
        _send(letter, [activity], now=now)
    record("asked_check", activity, by=by, now=now, house=activity.house)
    return [keeper.name for keeper in keepers]


def _why_not_now(activity: Activity, keepers: list[Keeper], *, by: User, today: date) -> str:
    if activity.status not in CheckQuestion.ASKED_ABOUT:
        return "Deze activiteit staat niet online."
    if activity.checked_on == today:
        return "Iemand keek dit vandaag al na."
    if not keepers:
        return (
            "Niemand hiervan heeft een e-mailadres. Bel even, of kies bij de activiteit wie ervoor antwoordt."
        )
    if [keeper.email for keeper in keepers] == [by.email]:
        return "Jij antwoordt hier zelf voor. Klopt alles? Druk op “Klopt nog”."
    lately = activity.check_questions.open().filter(letter__asked_on__gt=today - REMIND_AFTER)
    return "We vroegen dit minder dan twee weken geleden. Geef nog wat tijd, of bel even." if lately else ""


def _letter(keeper: Keeper, *, now: datetime) -> CheckLetter:
    today = timezone.localdate(now)
    return CheckLetter(
        email=keeper.email,
        name=keeper.name[:120],
        phone=keeper.phone,
        month=today.replace(day=1),
        asked_on=today,
    )


def _send(letter: CheckLetter, activities: Iterable[Activity], *, now: datetime) -> None:
    """Keep the questions of a new letter and plan its mail and its one reminder."""
    activities = list(activities)
    CheckQuestion.objects.bulk_create(CheckQuestion(letter=letter, activity=each) for each in activities)
    again = timezone.make_aware(datetime.combine(letter.remind_on, HOUR))
    plan(
        letter,
        [_reminder(letter, ASK, now), _reminder(letter, REMIND, again)],
        house=_one_house(activities),
    )


def _reminder(letter: CheckLetter, kind: str, due_at: datetime) -> Reminder:
    return Reminder(kind, f"check:{letter.pk}:{kind}", Category.CHECK, letter.email, due_at, due_at + USEFUL)


def _one_house(activities: list[Activity]) -> House | None:
    """In whose name the mail leaves: the House of all of it, if that is one."""
    houses = {activity.house_id: activity.house for activity in activities}
    return next(iter(houses.values())) if len(houses) == 1 else None
