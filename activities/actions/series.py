"""A family that comes every time: a place or a turn in every moment, also in those that are made later."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID, uuid5

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext

from activities.actions import age
from activities.actions.closing import why_closed
from activities.actions.contact import Contact
from activities.actions.party import ChildFacts, lacks_children, party_rows, seat
from activities.actions.registration import (
    AlreadyRegisteredError,
    ClosedError,
    NoRoomError,
    RegistrationError,
    WrongAgeError,
)
from activities.actions.series_mail import send_grown, send_series, send_series_link
from activities.actions.session_lock import locked_sessions
from activities.models import Activity, Registration, Series, SeriesChild, Session
from activities.models.sign_up import MOST_PLACES
from families.models import Family
from huizen.actions.logbook import record
from huizen.insert import insert_together

State = Registration.State
#: What the sign-up for a moment takes over from the standing one.
TAKEN_OVER = (
    "family_id",
    "name",
    "email",
    "phone",
    "contact_key",
    "wants_reduced",
    "wants_sms",
    "language",
)


def coming_sessions(activity: Activity, *, now: datetime) -> list[Session]:
    """The moments of an activity for which parents can sign up, soonest first (one query)."""
    rows = activity.sessions.scheduled().filter(starts_at__gt=now).order_by("starts_at", "pk")
    return [session for session in rows.select_related("activity__house") if not why_closed(session, now=now)]


def offers_series(activity: Activity, sessions: Sequence[Session], *, now: datetime) -> bool:
    """Whether a family can sign up for all moments at once: a rule that goes on, with two moments or more."""
    if not activity.takes_registrations:
        return False
    coming = (each for each in sessions if each.schedule_id and not why_closed(each, now=now))
    return len(list(islice(coming, 2))) > 1


def join_series(
    *,
    activity: Activity,
    contact: Contact,
    form_key: UUID,
    children: Sequence[ChildFacts] = (),
    places: int = 1,
    wants_reduced: bool = False,
    family: Family | None = None,
    now: datetime,
) -> Series:
    """Sign a family up for all coming moments, and for those that will be made. The same form again is the same.

    Each moment is decided on its own: a place, or a turn on its waiting list; only the children that have the age
    that day. What the family had signed up for already stays as it is. One mail tells it all.
    Raises BusyError, ClosedError, NoRoomError, WrongAgeError, AlreadyRegisteredError.
    """
    coming = coming_sessions(activity, now=now)
    with locked_sessions([each.pk for each in coming], now=now) as sessions:
        if found := Series.objects.filter(form_key=form_key).first():
            return found
        found = activity.series.going_on().filter(contact_key=contact.key).first()
        if found is None:
            series = Series(
                activity=activity,
                family=family,
                places=len(children) or places,
                wants_reduced=wants_reduced and activity.reduced_rate,
                form_key=form_key,
                created_at=now,
                **contact.kept,
            )
            return _join(series, children, sessions, now=now)
        send_series_link(found, now=now)
    raise AlreadyRegisteredError(_already(found))


def _join(
    series: Series, children: Sequence[ChildFacts], sessions: Sequence[Session], *, now: datetime
) -> Series:
    _refuse(series.activity, sessions, children, places=series.places)
    _begin(series, children, now=now)
    enrol([series], sessions, now=now)
    if not series.registrations.exists():
        raise WrongAgeError(
            gettext("Op de dagen die komen, heeft je kind nog niet de leeftijd, of niet meer.")
        )
    send_series(series, now=now)
    return series


def _already(found: Series) -> str:
    if found.email:
        return gettext("Je bent al ingeschreven voor alle momenten. We mailden je de link opnieuw.")
    return gettext(
        "Met dit nummer ben je al ingeschreven voor alle momenten. Bel het Huis om iets te veranderen."
    )


def follow_series(activity_ids: Iterable[int], *, now: datetime) -> int:
    """Give who comes every time a place in the moments that were just made; the number of sign-ups.

    In the transaction that makes them, so before anybody else can see them; who came first goes first.
    """
    going_on = Series.objects.going_on().filter(activity__in=set(activity_ids))
    if not going_on.exists():
        return 0
    new = Session.objects.scheduled().filter(activity__series__in=going_on, changed_at=now, starts_at__gt=now)
    with locked_sessions(set(new.values_list("pk", flat=True)), now=now) as sessions:
        following = going_on.select_for_update(of=("self",), no_key=True).prefetch_related("children")
        return enrol(following.order_by("created_at", "pk"), sessions, now=now)


def enrol(following: Iterable[Series], sessions: Sequence[Session], *, now: datetime) -> int:
    """Sign families up for locked moments of their activities, in this order; how many sign-ups that gave.

    Left out, without an error: a pause, a child of another age, a party that can never fit, a moment for which
    the family has a sign-up already. A constant number of statements beside one for each place that is given.
    """
    following = list(following)
    had = _had(following, sessions)
    in_time = sorted(sessions, key=lambda each: (each.starts_at, each.pk))
    rows: list[Model] = []
    number = 0
    for series in following:
        children = list(series.children.all())
        own = [each for each in in_time if each.activity_id == series.activity_id]
        for session in own:
            party = party_of(series, children, session)
            if party.places and not _stays_out(series, session, party.places, had, now=now):
                rows += _sign_up(series, session, party, now=now)
                number += 1
        if own and children and all(_has_grown(child, own[-1]) for child in children):
            send_grown(series, now=now)
    insert_together(rows)
    return number


class Party(NamedTuple):
    """Who of a family comes to one moment: the children that have the age, or so many persons."""

    children: list[ChildFacts]
    places: int


def party_of(series: Series, children: Sequence[SeriesChild], session: Session) -> Party:
    """The party of a standing sign-up for one moment; no places where no child has the age."""
    if session.activity.counts != Activity.Counts.CHILDREN:
        return Party([], series.places)
    fit = [
        ChildFacts(child.first_name, child.birth_month)
        for child in children
        if child.birth_month is None or age.fits(session, child.birth_month)
    ]
    return Party(fit, len(fit))


def form_key_of(series: Series, session_id: int) -> UUID:
    """The key of the sign-up that a standing sign-up makes for a moment: however often it is asked, it is one."""
    return uuid5(series.pk, str(session_id))


def pauses(series: Series, session: Session) -> bool:
    """Whether a moment falls in the pause of a family."""
    return series.paused_until is not None and timezone.localdate(session.starts_at) < series.paused_until


def _begin(series: Series, children: Sequence[ChildFacts], *, now: datetime) -> None:
    series.save(force_insert=True)
    SeriesChild.objects.bulk_create(
        SeriesChild(series=series, first_name=child.first_name, birth_month=child.birth_month)
        for child in children
    )
    changes = {"places": [None, series.places]}
    record("joined_series", series, by=None, now=now, house=series.activity.house, changes=changes)


def _refuse(activity: Activity, sessions: Sequence[Session], children, *, places: int) -> None:
    if not sessions:
        raise ClosedError(gettext("Er zijn geen momenten waarvoor je nu kan inschrijven."))
    if sentence := lacks_children(activity, children):
        raise RegistrationError(sentence)
    if not 1 <= places <= MOST_PLACES or all(_never_fits(session, places) for session in sessions):
        raise NoRoomError(gettext("Zoveel plaatsen zijn er niet. Bel het Huis als jullie met meer zijn."))


def _never_fits(session: Session, places: int) -> bool:
    return session.capacity is not None and places > session.capacity


def _had(following: list[Series], sessions: Sequence[Session]) -> set[tuple]:
    """What there is already: keys of forms, and (moment, contact) of current sign-ups (one query)."""
    keys = [form_key_of(series, session.pk) for series in following for session in sessions]
    current = Q(
        session__in=sessions,
        contact_key__in=[series.contact_key for series in following],
        state__in=[State.CONFIRMED, State.OFFERED, State.WAITING],
        anonymised_at=None,
    )
    rows = Registration.objects.filter(Q(form_key__in=keys) | current)
    found: set[tuple] = set()
    for key, session_id, contact, state in rows.values_list("form_key", "session", "contact_key", "state"):
        found.add((key,))
        if state != State.CANCELLED:
            found.add((session_id, contact))
    return found


def _stays_out(series: Series, session: Session, places: int, had: set[tuple], *, now: datetime) -> bool:
    return (
        pauses(series, session)
        or bool(why_closed(session, now=now))
        or _never_fits(session, places)
        or (form_key_of(series, session.pk),) in had
        or (session.pk, series.contact_key) in had
    )


def _sign_up(series: Series, session: Session, party: Party, *, now: datetime) -> list[Model]:
    """One moment of a standing sign-up, not written yet: without a mail of its own, with its reminder."""
    key = form_key_of(series, session.pk)
    registration = Registration(
        pk=key,
        session=session,
        series=series,
        places=party.places,
        form_key=key,
        created_at=now,
        **{name: getattr(series, name) for name in TAKEN_OVER},
    )
    seat(session, registration)
    return party_rows(registration, party.children, by=None, now=now)


def _has_grown(child: SeriesChild, session: Session) -> bool:
    """Whether a child is too old for the last of some moments, and so for all that come after."""
    if child.birth_month is None:
        return False
    oldest = age.months_between(child.birth_month, timezone.localdate(session.starts_at))
    return oldest - 1 > session.activity.age_max
