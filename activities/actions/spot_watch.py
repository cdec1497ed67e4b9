"""Tell me when there is a place: for who does not want to wait in line."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext

from activities.actions.closing import closes_at
from activities.actions.session_lock import locked_session
from activities.actions.session_words import spoken_place, spoken_time
from activities.models import Activity, Session, SpotWatch
from huizen import links
from huizen.models import Category, Message, Suppression
from huizen.outbox.queue import letter, queue_letters
from huizen.outbox.suppression import suppress
from huizen.words import count

PURPOSE = "spot-watch"
#: One address asks for no more moments than this at a time.
MOST_OPEN = 10


class WatchError(Exception):
    """We cannot tell this address about this moment; the text says why."""


class PlaceFreeError(WatchError):
    """There is a place now: no need to wait for it."""


def watch_session(*, session_id: int, email: str, now: datetime) -> SpotWatch:
    """Keep an address, to tell it once when this full moment has a place again. The same address twice is once.

    Under the lock: a place that comes free is seen before or after this, never missed.
    Raises BusyError, PlaceFreeError, WatchError.
    """
    with locked_session(session_id, now=now) as session:
        if not takes_people(session, now=now):
            raise WatchError(gettext("Voor dit moment kan je niet meer inschrijven."))
        if not session.has_queue:
            raise PlaceFreeError(gettext("Er is nu plaats. Schrijf je meteen in."))
        found = session.watches.filter(email__iexact=email).first()
        if found is None:
            _refuse_many(email, now=now)
            return SpotWatch.objects.create(session=session, email=email, created_at=now)
        if found.told_at:
            # Told, too late, and asking again: a new mail, once more.
            found.told_at, found.created_at = None, now
            found.save(update_fields=["told_at", "created_at"])
        return found


def tell_watchers(session: Session, *, now: datetime) -> int:
    """Mail everybody who asked about a locked moment that there is a place, if nobody waits for it; how many.

    All of them at once: the first to sign up has it, and the mail says so.
    """
    if session.has_queue or not takes_people(session, now=now):
        return 0
    watches = list(session.watches.filter(told_at=None).order_by("created_at"))
    if watches:
        SpotWatch.objects.filter(pk__in=[each.pk for each in watches]).update(told_at=now)
        queue_letters(_mails(session, watches, now=now))
    return len(watches)


@transaction.atomic
def stop_watching(*, watch_id: UUID, now: datetime) -> None:
    """No mail of this kind to this address any more, about any moment."""
    watch = SpotWatch.objects.get(pk=watch_id)
    suppress(watch.email, reason=Suppression.Reason.UNSUBSCRIBED, category=Category.SPOT_WATCH, now=now)
    SpotWatch.objects.filter(email__iexact=watch.email, told_at=None).exclude(pk=watch.pk).delete()
    SpotWatch.objects.filter(pk=watch.pk, told_at=None).update(told_at=now)


def to_tell(*, now: datetime) -> list[int]:
    """Moments with a place of which somebody is still to be told: what a larger room leaves to the sweep."""
    sessions = (
        Session.objects.scheduled()
        .filter(
            Q(capacity=None)
            | Q(capacity__gt=F("confirmed_count") + F("held_count") + F("offered_count") + F("kept_count")),
            watches__told_at=None,
            watches__isnull=False,
            waiting_count=0,
            starts_at__gt=now,
        )
        .select_related("activity__house")
        .order_by("pk")
        .distinct()
    )
    return [session.pk for session in sessions if takes_people(session, now=now)]


def stop_path(watch: SpotWatch) -> str:
    """The page on which somebody says that she wants no such mails."""
    return reverse("spot_watch_stop", args=[links.sign(PURPOSE, watch.pk)])


def takes_people(session: Session, *, now: datetime) -> bool:
    """Whether somebody could still sign up, here or by telephone."""
    activity = session.activity
    return (
        session.status == Session.Status.SCHEDULED
        and closes_at(session) > now
        and activity.status == Activity.Status.PUBLISHED
        and activity.house.is_published
        and activity.registration_mode != Activity.RegistrationMode.NONE
    )


def _refuse_many(email: str, *, now: datetime) -> None:
    still_open = SpotWatch.objects.filter(email__iexact=email, told_at=None, session__starts_at__gt=now)
    if still_open.count() >= MOST_OPEN:
        raise WatchError(
            gettext("Je vroeg dit al voor %(most)d momenten. Meer kan niet tegelijk.") % {"most": MOST_OPEN}
        )


def _mails(session: Session, watches: Iterable[SpotWatch], *, now: datetime) -> list[Message]:
    known = _facts(session)
    return [
        letter(
            key=f"spot-watch:{watch.pk}:{int(watch.created_at.timestamp())}",
            category=Category.SPOT_WATCH,
            recipient=watch.email,
            template="spot_free",
            context={**known, "stop": links.absolute(stop_path(watch))},
            now=now,
            subject=watch,
            house=session.activity.house,
            expires_at=closes_at(session),
        )
        for watch in watches
    ]


def _facts(session: Session) -> dict[str, Any]:
    activity = session.activity
    here = activity.takes_registrations
    page = (
        reverse("registration_create", args=[session.pk])
        if here
        else reverse("activity_detail", args=[activity.slug])
    )
    return {
        "title": activity.title,
        "when": spoken_time(session),
        "where": spoken_place(session),
        "house": activity.house.name,
        "phone": activity.phone or activity.house.phone,
        "places": "" if session.free is None else count(session.free, "plaats", "plaatsen"),
        "here": here,
        "link": links.absolute(page),
    }
