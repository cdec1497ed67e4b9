"""A sheet as its family reads it: each offer with its next moments, in the language that was chosen, or a kind word.

And the same as a short text to paste into a message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext, override

from activities.actions.session_words import spoken_time
from activities.cards import ONGOING_WORDS
from activities.freshness import Freshness, freshness_of
from activities.models import Activity, ActivityTranslation, ReferralItem, ReferralSheet, Schedule, Session
from huizen.languages import ALL, BY_CODE, DUTCH, Language, language_of, spoken
from huizen.links import absolute
from huizen.page_language import address_in
from huizen.reading import Reading, read
from huizen.recurrence import ONGOING
from huizen.words import wall

SHOWN_MOMENTS = 3
#: What a message on a phone takes.
LONGEST_TEXT = 1000


@dataclass(frozen=True)
class Given:
    """One offer of a sheet. `next`: its first moment that takes place; `others`: what comes besides, the cancelled ones too.

    Days in full: a sheet is read on another day than it was printed.
    """

    activity: Activity
    reading: Reading
    next: Session | None
    when: str
    others: Sequence[tuple[Session, str]]
    ongoing: str
    online: bool
    is_old: bool


@dataclass(frozen=True)
class Reader:
    """What a sheet says in a language: its offers, the languages in which anything of it is told, and whether that is
    a translation, by a machine, or in part."""

    given: list[Given]
    language: Language
    choices: list[Language]
    is_translation: bool
    is_machine: bool
    is_partial: bool


def read_sheet(sheet: ReferralSheet, *, asked: str, now: datetime) -> Reader:
    """A sheet as it is now, in the asked language as far as that is translated. Five queries, however long it is."""
    given = [_given(item.activity, asked=asked, now=now) for item in _items(sheet, now)]
    readings = [each.reading for each in given if each.online]
    told = {language.code for reading in readings for language in reading.choices} | {DUTCH}
    spoken = any(reading.is_translation for reading in readings)
    return Reader(
        given=given,
        language=language_of(asked) if spoken else BY_CODE[DUTCH],
        choices=[language for language in ALL if language.code in told],
        is_translation=spoken,
        is_machine=any(reading.is_machine for reading in readings),
        is_partial=spoken and any(reading.is_partial or not reading.is_translation for reading in readings),
    )


def _items(sheet: ReferralSheet, now: datetime):
    coming = Session.objects.upcoming(now=now).select_related("location").order_by("starts_at", "pk")
    going_on = Schedule.objects.filter(kind__in=ONGOING).order_by("pk")
    rows = ReferralItem.objects.filter(sheet=sheet).select_related(
        "activity__house", "activity__organiser", "activity__location__municipality"
    )
    return rows.order_by("position").prefetch_related(
        Prefetch("activity__sessions", coming[:SHOWN_MOMENTS], to_attr="coming"),
        Prefetch("activity__schedules", going_on, to_attr="going_on"),
        Prefetch("activity__translations", ActivityTranslation.objects.order_by("pk")),
    )


def _given(activity: Activity, *, asked: str, now: datetime) -> Given:
    going = [session for session in activity.coming if session.status == Session.Status.SCHEDULED]
    return Given(
        activity=activity,
        reading=read(activity, ActivityTranslation.FIELDS, activity.translations.all(), asked=asked),
        next=going[0] if going else None,
        when=capfirst(spoken_time(going[0])) if going else "",
        others=[(each, capfirst(spoken_time(each))) for each in activity.coming if each not in going[:1]],
        ongoing=activity.going_on[0].kind if activity.going_on else "",
        online=activity.is_online,
        is_old=freshness_of(activity, today=wall(now).date()) != Freshness.FRESH,
    )


def sheet_path(sheet: ReferralSheet) -> str:
    """The page of a sheet for its family: in its language where the portal speaks it."""
    return address_in(spoken(sheet.language).code, reverse("referral_sheet", args=[sheet.code]))


def text_to_paste(sheet: ReferralSheet, *, now: datetime) -> str:
    """A sheet as a message of at most a thousand letters: the greeting, what it is and when, and where all of it stands."""
    language = spoken(sheet.language).code
    with override(settings.LANGUAGE_CODE if language == DUTCH else language):
        reader = read_sheet(sheet, asked=sheet.language, now=now)
        lines = [_line(each) for each in reader.given if each.online]
        tail = [gettext("Alles lees je hier:"), absolute(sheet_path(sheet))]
        if reader.is_translation:
            tail.insert(0, gettext("Dit is een vertaling. De Nederlandse tekst geldt."))
        return _fitting(str(ReferralSheet.Greeting(sheet.greeting).label), lines, "\n".join(tail))


def _line(each: Given) -> tuple[str, str]:
    """What it is, and when and where."""
    place = each.next.location if each.next and each.next.location else each.activity.location
    when = each.when or str(ONGOING_WORDS.get(each.ongoing, "")) or gettext("Vraag het aan het Huis")
    return str(each.reading["title"]), ". ".join(filter(None, [when, place.name if place else ""]))


def _fitting(head: str, lines: list[tuple[str, str]], tail: str) -> str:
    """The whole of it; without when and where, or with shorter names, where that would be too long."""
    room = (LONGEST_TEXT - len(head) - len(tail) - 4) // max(1, len(lines)) - 3
    ways = (
        [f"• {name}: {about}" for name, about in lines],
        [f"• {name}" for name, _ in lines],
        [f"• {Truncator(name).chars(room)}" for name, _ in lines],
    )
    texts = ("\n\n".join(filter(None, [head, "\n".join(way), tail])) for way in ways)
    return next((text for text in texts if len(text) <= LONGEST_TEXT), f"{head}\n\n{tail}")
