"""Whether a child has the age of an activity, when all we know is the month of its birth."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext

from activities.models import Activity, Session
from huizen.vocabulary import AGE_MAX, AGE_MIN
from huizen.words import ages, month

#: How far ahead moments are made, about (activities/actions/sessions.py).
YEAR = timedelta(days=365)


def months_between(birth_month: date, day: date) -> int:
    """The age in months at most, on a day; a child born late in its month is one month younger."""
    return (day.year - birth_month.year) * 12 + day.month - birth_month.month


def fits(session: Session, birth_month: date) -> bool:
    """Whether a child born in a month may have the age of the activity on the day of the moment.

    We do not know the day of birth, so a doubt is in the child's favour.
    """
    oldest = months_between(birth_month, timezone.localdate(session.starts_at))
    return oldest >= session.activity.age_min and oldest - 1 <= session.activity.age_max


def why_not(session: Session, birth_month: date, *, today: date) -> str:
    """Why a birth month cannot be, in a sentence for the parent; empty when it can."""
    if sentence := why_not_born(session, birth_month, today=today):
        return sentence
    return "" if fits(session, birth_month) else why_not_fit(session, birth_month)


def why_not_born(session: Session, birth_month: date, *, today: date) -> str:
    """Why nobody is born in a month, as far as this activity goes; empty where somebody may be."""
    activity = session.activity
    age = months_between(birth_month, today)
    if age > AGE_MAX + 1:
        return gettext("Dat is meer dan 25 jaar geleden. Kijk het jaar nog eens na.")
    if age < 0 and activity.age_min >= 0:
        return gettext("Die maand moet nog komen. Kies de maand waarin je kind geboren is.")
    if age < AGE_MIN:
        return gettext("Dat is meer dan negen maanden ver. Kijk de maand nog eens na.")
    return ""


def why_not_fit(session: Session, birth_month: date) -> str:
    """For which age it is, and when that will be so for this child: kindly, since nobody did anything wrong."""
    activity = session.activity
    for_whom = {"ages": ages(activity.age_min, activity.age_max)}
    sentence = gettext("Deze activiteit is voor een andere leeftijd: %(ages)s.") % for_whom
    first = fits_from(activity, birth_month)
    if timezone.localdate(session.starts_at) >= first:
        return sentence
    return f"{sentence} " + gettext("Je kind past hier vanaf %(month)s.") % {"month": month(first)}


def fits_from(activity: Activity, birth_month: date) -> date:
    """The first day of the first month in which a child born in a month may have the age of an activity."""
    index = birth_month.year * 12 + birth_month.month - 1 + activity.age_min
    return date(index // 12, index % 12 + 1, 1)


def why_not_soon(session: Session, birth_month: date, *, today: date) -> str:
    """The same for a family that comes every time from a moment on: a child may still grow into the activity."""
    sentence = why_not(session, birth_month, today=today)
    day = timezone.localdate(session.starts_at)
    is_real = not why_not_born(session, birth_month, today=today)
    return "" if is_real and day <= fits_from(session.activity, birth_month) <= day + YEAR else sentence
