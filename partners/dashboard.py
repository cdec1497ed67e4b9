"""What needs doing today around meetings and partners."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse

from huizen.dashboard import Tile
from huizen.models import User
from huizen.roles import Permission, Role
from huizen.words import count, moment
from partners.models import (
    AgendaItem,
    Editor,
    EditorInvitation,
    Meeting,
    MeetingInvitation,
    Partnership,
)

#: Meetings this near ask for preparation.
NEAR = timedelta(days=7)
#: And these, where nobody knows yet what they are about.
SOON = timedelta(days=14)
#: An invitation that nobody took up for so long deserves a telephone call.
PATIENCE = timedelta(days=3)


def meeting_tiles(user: User, now: datetime) -> Iterator[Tile]:
    """One tile for each meeting within a week, or within two that has no agenda; one for the answers that others miss."""
    if not user.may(Permission.PLAN_MEETINGS):
        return
    silent = Count(
        "invitations",
        filter=Q(invitations__withdrawn_at=None, invitations__answer=MeetingInvitation.Answer.NONE),
    )
    meetings = (
        Meeting.objects.editable_by(user)
        .filter(status=Meeting.Status.SCHEDULED, starts_at__gt=now)
        .annotate(silent=silent, has_agenda=Exists(AgendaItem.objects.filter(meeting=OuterRef("pk"))))
        .order_by("starts_at", "pk")
    )
    later = []
    for meeting in meetings:
        if meeting.starts_at <= now + (NEAR if meeting.has_agenda else SOON):
            yield _to_prepare(meeting, now)
        elif meeting.silent:
            later.append(meeting)
    if later:
        yield _answers_missing(later)


def editor_tiles(user: User, now: datetime) -> Iterator[Tile]:
    """The way for a partner's editor to her own organisation (one query, for her alone)."""
    if Role.PARTNER_EDITOR not in user.roles:
        return
    for editor in Editor.objects.current().filter(user=user).select_related("organisation").order_by("pk"):
        yield Tile(
            title="Je organisatie",
            text=f"Klopt alles nog over {editor.organisation}?",
            url=reverse("organisation_edit", args=[editor.organisation_id]),
            button="Kijk na",
            order=70,
        )


def invitations_that_wait(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for partners' editors who did not take up their invitation, with the way to the oldest (one query)."""
    if not user.may(Permission.EDIT_PARTNERS):
        return
    present = Partnership.objects.filter(
        house=OuterRef("house"), organisation=OuterRef("organisation"), until=None
    )
    waiting = (
        EditorInvitation.objects.editable_by(user)
        .open(now=now)
        .filter(created_at__lte=now - PATIENCE)
        .annotate(partnership=Subquery(present.values("pk")[:1]))
        .exclude(partnership=None)
    )
    rows = list(waiting.order_by("created_at", "pk").values_list("partnership", "organisation__name"))
    if rows:
        pk, name = rows[0]
        words = count(len(rows), "uitnodiging", "uitnodigingen")
        text = f"{words} om eigen aanbod bij te houden, al dagen zonder antwoord. Begin met {name}."
        yield Tile("Redacteurs", text, reverse("partner_detail", args=[pk]), "Bekijk", len(rows), 62)


def _to_prepare(meeting: Meeting, now: datetime) -> Tile:
    missing = count(meeting.silent, "antwoord ontbreekt", "antwoorden ontbreken", none="Iedereen antwoordde")
    agenda = "" if meeting.has_agenda else " Er is nog geen agenda."
    return Tile(
        title="Bereid het overleg voor",
        text=f"{meeting}: {moment(meeting.starts_at, meeting.ends_at, now=now)}. {missing}.{agenda}",
        url=reverse("meeting_detail" if meeting.has_agenda else "meeting_edit", args=[meeting.pk]),
        button="Bekijk het overleg" if meeting.has_agenda else "Maak de agenda",
        count=meeting.silent,
        order=30,
    )


def _answers_missing(meetings: list[Meeting]) -> Tile:
    silent = sum(meeting.silent for meeting in meetings)
    words = count(silent, "antwoord ontbreekt", "antwoorden ontbreken")
    one = len(meetings) == 1
    return Tile(
        title="Antwoorden die ontbreken",
        text=f"{words} voor {meetings[0] if one else count(len(meetings), 'overleg', 'overleggen')}.",
        url=reverse("meeting_detail", args=[meetings[0].pk]) if one else reverse("meeting_list"),
        button="Bekijk de antwoorden",
        count=silent,
        order=60,
    )
