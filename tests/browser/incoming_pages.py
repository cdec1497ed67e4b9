"""The pages of what comes in by itself that are looked at, and their rows: files with offer, a calendar of somebody else."""

from django.utils import timezone

from activities.models import OfferImport, OfferLine, OutsideCalendar
from activities.offer_facts import snapshot
from activities.outside_difference import NAMES
from tests.factories import ActivityFactory, ScheduleFactory

ADDRESSES = {
    "offer out of a file": "/beheer/activiteiten/invoeren/",
    "lines of a file with offer": "/beheer/activiteiten/invoeren/{offer_import}/",
    "a file with offer taken back": "/beheer/activiteiten/invoeren/{offer_import_done}/terug/",
    "drafts to put online": "/beheer/activiteiten/online/",
    "calendars of others": "/beheer/agendas/",
    "new calendar": "/beheer/agendas/nieuw/",
    "a calendar": "/beheer/agendas/{outside_calendar}/",
    "a calendar taken away": "/beheer/agendas/{outside_calendar}/weg/",
    "what differs from a calendar": "/beheer/agendas/afspraken/{outside_event}/",
}


def brought_in(house, by) -> dict:
    """A file that waits and one that is in, a draft, and a calendar with an event in each state."""
    now = timezone.now()
    waiting, done = (
        OfferImport.objects.create(house=house, file_name="aanbod.csv", made_by=by, made_at=now, state=state)
        for state in (OfferImport.State.PREPARED, OfferImport.State.DONE)
    )
    for number, outcome in enumerate(OfferLine.Outcome.values, start=2):
        waiting.lines.create(number=number, cells={"title": "Dansen"}, outcome=outcome, reason="Een reden.")
    draft = ActivityFactory(house=house, status="draft", title="Zingen")
    ScheduleFactory(activity=draft)
    done.lines.create(number=2, outcome="new", applied_at=now, activity=draft)
    calendar = OutsideCalendar.objects.create(
        house=house,
        name="Agenda van de bib",
        url="https://bib.voorbeeld.example/a.ics",
        state="followed",
        made_by=by,
        made_at=now,
        read_at=now,
        fault="De website antwoordt niet.",
        failing_since=now,
    )
    return {
        "offer_import": waiting.pk,
        "offer_import_done": done.pk,
        "outside_calendar": calendar.pk,
        "outside_event": _events(calendar, house, now),
    }


def _events(calendar, house, now) -> int:
    """One that waits and was changed here; one that is new, one that is left out, one that we cannot use."""
    activity = ActivityFactory(house=house, title="Voorlezen in de bib")
    ScheduleFactory(activity=activity)
    said = {name: value for name, value in snapshot(activity).items() if name in NAMES}
    facts = {"said": said | {"title": "Voorlezen"}, "seen_at": now, "next_at": now}
    taken = {"taken": said | {"title": "Eerst"}, "made_at": now, "waits": True, "is_open": False}
    found = calendar.events.create(uid="a", activity=activity, place="In de bib", **taken, **facts)
    calendar.events.create(uid="b", **facts)
    calendar.events.create(uid="c", is_skipped=True, **facts)
    calendar.events.create(
        uid="d", reason="Dit loopt over meer dagen. Maak het zelf.", **facts | {"next_at": None}
    )
    return found.pk
