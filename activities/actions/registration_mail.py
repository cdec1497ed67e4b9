"""What a family hears by mail about its sign-up. Who left only a telephone number gets no mail."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from activities.actions.session_words import event_file, spoken_place, spoken_time
from activities.models import Activity, Registration
from huizen import links
from huizen.languages import in_dutch
from huizen.models import Category
from huizen.outbox.queue import queue_message

PURPOSE = "registration"


def manage_path(registration: Registration) -> str:
    """The page on which a family sees, changes and cancels its sign-up, without an account."""
    return reverse("registration_manage", args=[links.sign(PURPOSE, registration.pk)])


@in_dutch
def facts(registration: Registration) -> dict[str, Any]:
    """What every mail tells: what, when, where, who comes, the link and the telephone of the House."""
    session = registration.session
    activity = session.activity
    return {
        "name": registration.name,
        "title": activity.title,
        "when": spoken_time(session),
        "where": spoken_place(session),
        "bring": activity.bring,
        "who": spoken_party(registration),
        "house": activity.house.name,
        "phone": activity.phone or activity.house.phone,
        "link": links.absolute(manage_path(registration)),
    }


def spoken_party(registration: Registration) -> str:
    """Who comes: 'Noor en Sam', or '3 personen'."""
    names = [child.first_name for child in registration.participants.all()]
    if names:
        return " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    one, many = _units(registration.session.activity)
    return f"1 {one}" if registration.places == 1 else f"{registration.places} {many}"


def send_confirmation(registration: Registration, *, now: datetime) -> None:
    """You have a place."""
    _send(registration, "registration_confirmed", Category.CONFIRMATION, now=now, file=True)


def send_waiting(registration: Registration, *, position: int, now: datetime) -> None:
    """You stand on the waiting list, at this place in line."""
    _send(registration, "registration_waiting", Category.CONFIRMATION, now=now, position=position)


def send_promotion(registration: Registration, *, now: datetime) -> None:
    """A place came free, it is yours."""
    _send(registration, "registration_promoted", Category.PLACE_FREE, now=now, file=True)


def send_cancellation(registration: Registration, *, now: datetime, reason: str = "") -> None:
    """You are no longer signed up; with the reason when the House did it."""
    by_house = registration.cancelled_by == Registration.CancelledBy.HOUSE
    _send(
        registration,
        "registration_cancelled",
        Category.CHANGE,
        now=now,
        file=True,
        by_house=by_house,
        reason=reason,
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


@in_dutch
def _send(
    registration: Registration,
    template: str,
    category: str,
    *,
    now: datetime,
    file: bool = False,
    event: str = "",
    **more: Any,
) -> None:
    if not registration.email:
        return
    known = facts(registration)
    queue_message(
        key=f"registration:{registration.pk}:{event or template}",
        category=category,
        recipient=registration.email,
        template=template,
        context={**known, **more},
        now=now,
        subject=registration,
        house=registration.session.activity.house,
        calendar=_file(registration, url=known["link"], now=now) if file else "",
    )


def _file(registration: Registration, *, url: str, now: datetime) -> str:
    """For who has a place, or had one: who waits has nothing to put in a calendar."""
    if registration.state == Registration.State.WAITING:
        return ""
    gone = registration.state == Registration.State.CANCELLED
    if gone and registration.waiting_number and not registration.promoted_at:
        return ""
    return event_file(registration.session, now=now, url=url, cancelled=gone)


def _units(activity: Activity) -> tuple[str, str]:
    return ("kind", "kinderen") if activity.counts == Activity.Counts.CHILDREN else ("persoon", "personen")
