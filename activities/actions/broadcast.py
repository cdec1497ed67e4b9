"""One message to the families of a moment or of an activity: each hears it once, through the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from activities.actions.registration_mail import manage_path
from activities.actions.session_words import bring_translations, spoken_place, spoken_time, told
from activities.models import Activity, Broadcast, BroadcastText, Came, Registration, Session
from huizen import links
from huizen.actions.logbook import record
from huizen.languages import DUTCH, language_of_page
from huizen.models import Category, House, Message, User
from huizen.outbox.queue import letter, queue_letters
from huizen.outbox.translated import said_in

State, Audience = Registration.State, Broadcast.Audience
NAME = "participants_message"
#: More families than this get no mail by one click.
MOST = 2000
#: So many are shown at a moment.
SHOWN = 20


class BroadcastError(Exception):
    """A message that cannot leave; the text says why."""


@dataclass(frozen=True)
class Heard:
    """Who hears a message: one sign-up for each address, and the sign-ups that have only a telephone number."""

    by_mail: list[Registration]
    by_phone: list[Registration]


def who_hears(
    *,
    activity: Activity,
    session: Session | None,
    audience: str,
    chosen: Iterable[UUID] = (),
    now: datetime,
) -> Heard:
    """The families of one moment, or of all moments to come of an activity (two queries). Who has several sign-ups
    hears it once, about the soonest."""
    all_of_it = Registration.objects.filter(session__activity=activity, anonymised_at=None)
    about = all_of_it.filter(session=session) if session else _coming(all_of_it, audience, now=now)
    rows = about.filter(_those(audience, chosen)).select_related(
        "session__activity__house", "session__activity__location", "session__location"
    )
    by_mail: dict[str, Registration] = {}
    by_phone: dict[str, Registration] = {}
    for row in rows.order_by("session__starts_at", "created_at", "pk"):
        (by_mail if row.email else by_phone).setdefault(row.contact_key, row)
    return Heard(list(by_mail.values()), list(by_phone.values()))


def send_broadcast(
    *,
    key: UUID,
    activity: Activity,
    session: Session | None = None,
    audience: str,
    chosen: Iterable[UUID] = (),
    subject: str,
    text: str,
    by: User | None,
    now: datetime,
) -> Broadcast:
    """Write to them, all mails in one transaction. The same form again sends nothing. Raises BroadcastError."""
    with transaction.atomic():
        heard = who_hears(activity=activity, session=session, audience=audience, chosen=chosen, now=now)
        _refuse(heard)
        row = Broadcast(
            id=key,
            activity=activity,
            session=session,
            audience=audience,
            subject=subject,
            text=text,
            families=len(heard.by_mail),
            sent_at=now,
            sent_by=by,
        )
        # The first of two clicks writes; the other waits here and finds it written.
        Broadcast.objects.bulk_create([row], ignore_conflicts=True)
        if Broadcast.objects.get(pk=key).sent_at != now:
            return Broadcast.objects.get(pk=key)
        bring_translations([each.session.activity for each in heard.by_mail], heard.by_mail)
        queue_letters(_mail(row, each, now=now) for each in heard.by_mail)
        changes = {"people": [None, len(heard.by_mail)], "audience": [None, audience]}
        record("wrote", row, by=by, now=now, house=activity.house, changes=changes)
    return row


def facts(registration: Registration, *, subject: str, text: str) -> dict[str, Any]:
    """What the mail of one family says. Nobody translates what a House types: in another language it says where that is."""
    session = registration.session
    return {
        "name": registration.name,
        "subject": " ".join(subject.split()),
        "text": text
        if language_of_page().code == DUTCH
        else gettext("Het Huis schreef je een bericht. Je leest het hieronder, in het Nederlands."),
        "title": told(session.activity, "title"),
        "when": spoken_time(session),
        "where": spoken_place(session),
        "house": session.activity.house.name,
        "phone": session.activity.phone or session.activity.house.phone,
        "link": links.absolute(manage_path(registration)),
    }


def sample(heard: Heard, *, subject: str, text: str, now: datetime) -> Message | None:
    """The mail of the first family, not queued: as it will look, without its secret link."""
    first = next(iter(heard.by_mail), None)
    if first is None:
        return None
    house = first.session.activity.house
    return letter(
        key="sample",
        category=Category.CHANGE,
        recipient=first.email,
        template=NAME,
        context=facts(first, subject=subject, text=text) | {"link": links.absolute("/inschrijving/…")},
        now=now,
        house=house,
    )


def keep_text(*, house: House, name: str, subject: str, text: str) -> BroadcastText:
    """Keep a text for the next time; the same name again replaces what stood there."""
    row, _ = BroadcastText.objects.update_or_create(
        house=house, name=name, defaults={"subject": subject, "text": text}
    )
    return row


def broadcasts_of(session: Session) -> list[tuple[Broadcast, int]]:
    """What was written about a moment, or about all moments while it was to come, the last first; with how many mails
    left, as long as the outbox remembers (two queries)."""
    about = Q(session=session) | Q(session=None, activity=session.activity, sent_at__lt=session.ends_at)
    rows = list(Broadcast.objects.filter(about).select_related("sent_by").order_by("-sent_at", "pk")[:SHOWN])
    keys = [str(row.pk) for row in rows]
    mails = Message.objects.filter(subject_type=Broadcast._meta.label_lower, subject_id__in=keys)
    sent = dict(mails.filter(state=Message.State.SENT).values_list("subject_id").annotate(number=Count("pk")))
    return [(row, sent.get(str(row.pk), 0)) for row in rows]


def _mail(row: Broadcast, registration: Registration, *, now: datetime) -> Message:
    return letter(
        key=f"broadcast:{row.pk}:{registration.pk}",
        category=Category.CHANGE,
        recipient=registration.email,
        template=NAME,
        context=said_in(
            registration.language, partial(facts, registration, subject=row.subject, text=row.text)
        ),
        now=now,
        subject=row,
        house=row.activity.house,
        language=registration.language,
    )


def _coming(rows: QuerySet[Registration], audience: str, *, now: datetime) -> QuerySet[Registration]:
    """Of an activity: the moments to come; who was there, was there in one that is over."""
    return rows if audience in {Audience.PRESENT, Audience.CHOSEN} else rows.filter(session__ends_at__gt=now)


def _those(audience: str, chosen: Iterable[UUID]) -> Q:
    return {
        Audience.CONFIRMED: Q(state=State.CONFIRMED),
        Audience.WAITING: Q(state=State.WAITING),
        Audience.CURRENT: Q(state__in=[State.CONFIRMED, State.OFFERED, State.WAITING]),
        Audience.PRESENT: Q(attendance__state=Came.PRESENT),
        Audience.CHOSEN: Q(pk__in=list(chosen), state__in=[State.CONFIRMED, State.OFFERED, State.WAITING]),
    }[Audience(audience)]


def _refuse(heard: Heard) -> None:
    if not heard.by_mail:
        raise BroadcastError("Niemand van hen gaf een e-mailadres. Er is niets verstuurd.")
    if len(heard.by_mail) > MOST:
        raise BroadcastError(f"Dat zijn meer dan {MOST} gezinnen. Kies één moment.")
