"""What needs doing today around meetings and partners."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse

from huizen.dashboard import Tile
from huizen.models import User
from huizen.words import count, moment, wall
from partners.models import Editor, Meeting, MeetingInvitation, News

#: Meetings this near ask for preparation.
NEAR = timedelta(days=7)
#: So many messages stand on a desk at once; the rest is read with what is shared.
MOST_NEWS = 3


def meeting_tiles(user: User, now: datetime) -> Iterator[Tile]:
    """One tile for each meeting within a week, and one for the answers that later ones still miss."""
    silent = Count(
        "invitations",
        filter=Q(invitations__withdrawn_at=None, invitations__answer=MeetingInvitation.Answer.NONE),
    )
    meetings = (
        Meeting.objects.editable_by(user)
        .filter(status=Meeting.Status.SCHEDULED, starts_at__gt=now)
        .annotate(silent=silent)
        .order_by("starts_at", "pk")
    )
    later = []
    for meeting in meetings:
        if meeting.starts_at <= now + NEAR:
            yield _to_prepare(meeting, now)
        elif meeting.silent:
            later.append(meeting)
    if later:
        yield _answers_missing(later)


def editor_tiles(user: User, now: datetime) -> Iterator[Tile]:
    """The way for a partner's editor to her own organisation."""
    for editor in Editor.objects.current().filter(user=user).select_related("organisation").order_by("pk"):
        yield Tile(
            title="Je organisatie",
            text=f"Klopt alles nog over {editor.organisation}?",
            url=reverse("organisation_edit", args=[editor.organisation_id]),
            button="Kijk na",
            order=70,
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
    return Tile(
        title="Bereid het overleg voor",
        text=f"{meeting}: {moment(meeting.starts_at, meeting.ends_at, now=now)}. {missing}.",
        url=reverse("meeting_detail", args=[meeting.pk]),
        button="Bekijk het overleg",
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
