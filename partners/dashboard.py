"""What needs doing today around meetings and partners."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from huizen.dashboard import Tile
from huizen.models import User
from huizen.roles import Permission, Role
from huizen.words import count, day_in_full, moment, wall
from partners.models import (
    AgendaItem,
    DatePoll,
    Editor,
    EditorInvitation,
    Meeting,
    MeetingInvitation,
    News,
    PartnerImport,
)

#: Meetings this near ask for preparation.
NEAR = timedelta(days=7)
#: And these, where nobody knows yet what they are about.
SOON = timedelta(days=14)
#: So many messages stand on a desk at once; the rest is read with what is shared.
MOST_NEWS = 3
#: An invitation to keep a partner's offer: how long we wait before we say so, how long after its end, and how many we name.
SILENT, FORGOTTEN, FEW = timedelta(days=7), timedelta(days=30), 3


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


def poll_tiles(user: User, now: datetime) -> Iterator[Tile]:
    """One tile for each question for a date of which the last day is past (one query)."""
    if not user.may(Permission.PLAN_MEETINGS):
        return
    late = DatePoll.objects.editable_by(user).open().filter(deadline__lt=wall(now).date())
    for poll in late.order_by("deadline", "pk"):
        yield Tile(
            title="Kies een datum",
            text=f"{poll}: iedereen kon antwoorden tot en met {day_in_full(poll.deadline)}.",
            url=reverse("poll_detail", args=[poll.pk]),
            button="Bekijk de antwoorden",
            order=35,
        )


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


def invitation_tiles(user: User, now: datetime) -> Iterator[Tile]:
    """One tile for who was asked to keep a partner's offer and did not answer within a week, or too late (one query)."""
    rows = EditorInvitation.objects.unanswered().editable_by(user)
    silent = rows.filter(created_at__lt=now - SILENT, expires_at__gt=now - FORGOTTEN)
    found = list(silent.order_by("created_at").values_list("organisation__name", flat=True)[: FEW + 1])
    if found:
        names = ", ".join(found[:FEW]) + (" en andere" if len(found) > FEW else "")
        yield Tile(
            title="Redacteurs die niet antwoorden",
            text=f"Gevraagd, en nog niets gehoord: {names}. Stuur de uitnodiging opnieuw, of bel eens.",
            url=f"{reverse('partner_list')}?{urlencode({'q': found[0]})}"
            if len(found) == 1
            else reverse("partner_list"),
            button="Bekijk",
            count=len(found),
            order=65,
        )


def import_tiles(user: User, now: datetime) -> Iterator[Tile]:
    """One tile for a file with partners that waits to be confirmed (one query)."""
    waiting = PartnerImport.objects.editable_by(user).filter(state=PartnerImport.State.PREPARED)
    if first := waiting.order_by("pk").first():
        yield Tile(
            title="Een bestand met partners wacht",
            text=f"{first} is nagekeken en nog niet ingevoerd.",
            url=reverse("import_detail", args=[first.pk]),
            button="Bekijk",
            order=66,
        )


def news_tiles(user: User, now: datetime) -> Iterator[Tile]:
    """What a House tells its partners these days; who writes it has its own page of it."""
    written = News.objects.editable_by(user)
    told = News.objects.visible_to(user).exclude(pk__in=written.values("pk")).on(wall(now).date())
    for news in told.select_related("house").order_by("-since", "-pk")[:MOST_NEWS]:
        yield Tile(
            title=news.title,
            text=f"{news.text} ({news.house})",
            url=reverse("resource_list"),
            button="Bekijk wat partners delen",
            order=65,
        )


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
