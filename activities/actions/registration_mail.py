"""What a family hears by mail about its sign-up. Who left only a telephone number gets no mail."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from activities.actions.contact import international
from activities.actions.session_words import calendar_event, event_file, spoken_place, spoken_time, told
from activities.draw import draw_at
from activities.models import Activity, Registration, Session
from huizen import links
from huizen.calendar_file import calendar_file
from huizen.languages import DUTCH, in_dutch
from huizen.models import Category, Channel, Message
from huizen.outbox import sms
from huizen.outbox.queue import letter, queue_letters
from huizen.outbox.translated import said_in
from huizen.words import clock, count, day_in_full, wall

PURPOSE = "registration"


def manage_path(registration: Registration) -> str:
    """The page on which a family sees, changes and cancels its sign-up, without an account."""
    return reverse("registration_manage", args=[links.sign(PURPOSE, registration.pk)])


def facts(registration: Registration, names: Sequence[str] | None = None) -> dict[str, Any]:
    """What every mail tells: what, when, where, who comes, the link and the telephone of the House.

    In the active language. `names` of the children where they are known, to ask the database nothing.
    """
    session = registration.session
    activity = session.activity
    return {
        "name": registration.name,
        "title": told(activity, "title"),
        "when": spoken_time(session),
        "where": spoken_place(session),
        "bring": told(activity, "bring"),
        "who": spoken_party(registration, names),
        "house": activity.house.name,
        "phone": activity.phone or activity.house.phone,
        "link": links.absolute(manage_path(registration)),
    }


def spoken_party(registration: Registration, names: Sequence[str] | None = None) -> str:
    """Who comes: 'Noor en Sam', or '3 personen'."""
    if names := _names(registration) if names is None else names:
        return spoken_names(names)
    if registration.session.activity.counts == Activity.Counts.CHILDREN:
        return count(registration.places, "kind", "kinderen")
    return count(registration.places, "persoon", "personen")


def _names(registration: Registration) -> list[str]:
    return [child.first_name for child in registration.participants.all()]


def spoken_names(names: Sequence[str]) -> str:
    """'Noor, Lou en Sam'."""
    if len(names) < 2:
        return "".join(names)
    return gettext("%(names)s en %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def welcome_letter(
    registration: Registration, *, names: Sequence[str], position: int, now: datetime
) -> list[Message]:
    """The first mail about a sign-up, not queued yet: you have a place, or you stand at this place in line."""
    if registration.state == Registration.State.CONFIRMED:
        return _letter(
            registration, "registration_confirmed", Category.CONFIRMATION, now=now, names=names, file=True
        )
    if registration.session.collects_wishes:
        return _letter(
            registration,
            "registration_wished",
            Category.CONFIRMATION,
            now=now,
            names=names,
            drawn=partial(_spoken, draw_at(registration.session)),
        )
    return _letter(
        registration,
        "registration_waiting",
        Category.CONFIRMATION,
        now=now,
        names=names,
        position=position,
        together=registration.places > 1,
    )


def send_promotion(registration: Registration, *, now: datetime) -> None:
    """A place came free, it is yours. Once for each turn: who left and came back may wait twice."""
    event = f"registration_promoted:{registration.waiting_number}"
    _send(registration, "registration_promoted", Category.PLACE_FREE, now=now, file=True, event=event)


def send_drawn(registration: Registration, *, position: int, now: datetime) -> None:
    """The draw gave others the places; this is your turn on the waiting list."""
    _send(registration, "registration_drawn", Category.PLACE_FREE, now=now, position=position)


def send_offer(registration: Registration, *, until: datetime, now: datetime) -> None:
    """A place can be yours, if you say so in time. Once for each turn."""
    event = f"place_offered:{registration.waiting_number}:{int(now.timestamp())}"
    _send(
        registration,
        "place_offered",
        Category.PLACE_FREE,
        now=now,
        event=event,
        until=partial(_spoken, until),
    )


def send_expired(registration: Registration, *, now: datetime) -> None:
    """The time to answer is over: how to get on the list again."""
    event = f"place_expired:{registration.waiting_number}:{int(now.timestamp())}"
    _send(
        registration,
        "place_expired",
        Category.PLACE_FREE,
        now=now,
        event=event,
        again=partial(_way_back, registration),
    )


def _way_back(registration: Registration) -> str:
    return links.absolute(reverse("registration_create", args=[registration.session_id]))


def _spoken(moment: datetime) -> str:
    """'dinsdag 3 maart 2026 om 12 uur': in full, because a mail is read on another day than it was sent."""
    at = wall(moment)
    return gettext("%(day)s om %(hour)s uur") % {"day": day_in_full(at.date()), "hour": clock(at.time())}


def send_cancellation(registration: Registration, *, now: datetime, reason: str = "") -> None:
    """You are no longer signed up; with the reason when the House did it."""
    by_house = registration.cancelled_by == Registration.CancelledBy.HOUSE
    _send(
        registration,
        "registration_cancelled",
        Category.CHANGE,
        now=now,
        file=True,
        event=f"registration_cancelled:{int(now.timestamp())}",
        by_house=by_house,
        reason=reason,
    )


def send_shift(registration: Registration, *, left: Session, now: datetime) -> None:
    """You have a place in another moment. The calendar file takes the old one out and puts the new one in."""
    url = links.absolute(manage_path(registration))
    old = calendar_event(left, stamp=now, url=url, cancelled=True)
    new = calendar_event(registration.session, stamp=now, url=url)
    _send(
        registration,
        "registration_shifted",
        Category.CHANGE,
        now=now,
        event=f"registration_shifted:{left.pk}:{registration.session_id}:{int(now.timestamp())}",
        calendar=calendar_file([old, new]),
        old_when=partial(spoken_time, left),
    )


def send_link_again(registration: Registration, *, now: datetime) -> None:
    """The link once more, to the address that we have, once a day at most: anybody can ask for it."""
    _send(
        registration,
        "registration_link",
        Category.CONFIRMATION,
        now=now,
        event=f"link:{timezone.localdate(now)}",
        waiting=registration.state == Registration.State.WAITING,
    )


def send_session_news(registration: Registration, template: str, *, now: datetime, **more: Any) -> None:
    """The moment itself changed: cancelled, on again, other time or place. Once for each change of the moment."""
    _send(
        registration,
        template,
        Category.CHANGE,
        now=now,
        file=True,
        event=f"{template}:{registration.session.ical_sequence}",
        waiting=registration.state == Registration.State.WAITING,
        **more,
    )


def text_cancellations(registrations: Iterable[Registration], *, now: datetime) -> None:
    """Who has a place today and asked for text messages hears at once that it does not take place: mail may be too late."""
    queue_letters(
        letter(
            key=f"registration:{each.pk}:sms:session_cancelled:{each.session.ical_sequence}",
            category=Category.CHANGE,
            channel=Channel.SMS,
            recipient=international(each.phone),
            template="session_cancelled",
            context=said_in(DUTCH, partial(facts, each)),
            now=now,
            subject=each,
            house=each.session.activity.house,
            expires_at=each.session.starts_at,
        )
        for each in registrations
        if each.wants_sms and sms.is_on() and _is_today(each, now)
    )


def _is_today(registration: Registration, now: datetime) -> bool:
    has_place = registration.state == Registration.State.CONFIRMED
    return has_place and timezone.localdate(registration.session.starts_at) == timezone.localdate(now)


def _send(registration: Registration, template: str, category: str, **more: Any) -> None:
    queue_letters(_letter(registration, template, category, **more))


@in_dutch
def _letter(
    registration: Registration,
    template: str,
    category: str,
    *,
    now: datetime,
    file: bool = False,
    event: str = "",
    names: Sequence[str] | None = None,
    calendar: str = "",
    **more: Any,
) -> list[Message]:
    """One mail in her language, or none for who gave no address. `more` holds what else it says; a function is asked
    in each language."""
    if not registration.email:
        return []
    known = _names(registration) if names is None else names
    context = said_in(registration.language, lambda: facts(registration, known) | _asked(more))
    return [
        letter(
            key=f"registration:{registration.pk}:{event or template}",
            category=category,
            recipient=registration.email,
            template=template,
            context=context,
            now=now,
            subject=registration,
            house=registration.session.activity.house,
            calendar=_file(registration, url=context["link"], now=now) if file else calendar,
            language=registration.language,
        )
    ]


def _asked(more: dict[str, Any]) -> dict[str, Any]:
    return {name: value() if callable(value) else value for name, value in more.items()}


def _file(registration: Registration, *, url: str, now: datetime) -> str:
    """For who has a place, or had one: who waits has nothing to put in a calendar."""
    if registration.state in (Registration.State.WAITING, Registration.State.OFFERED):
        return ""
    gone = registration.state == Registration.State.CANCELLED
    if gone and registration.waiting_number and not registration.promoted_at:
        return ""
    return event_file(registration.session, now=now, url=url, cancelled=gone)
