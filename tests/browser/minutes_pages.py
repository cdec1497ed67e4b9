"""The pages around a meeting that are looked at, and their rows: its agenda, its minutes, what was agreed to do."""

import datetime as dt

from huizen.links import sign
from tests.factories import EditorFactory, MeetingFactory, MeetingInvitationFactory, MembershipFactory
from tests.minutes_factories import (
    ActionPointFactory,
    AgendaDocumentFactory,
    AgendaItemFactory,
    AgendaProposalFactory,
    MinutesFactory,
    MinutesRevisionFactory,
)

ADDRESSES = {
    "agenda": "/beheer/overleg/{meeting}/agenda/",
    "agenda point": "/beheer/overleg/punten/{agenda_item}/",
    "agenda point taken away": "/beheer/overleg/punten/{agenda_item}/weg/",
    "agenda point proposed": "/beheer/overleg/voorstellen/{agenda_proposal}/",
    "who is at a meeting": "/beheer/overleg/{held}/aanwezig/",
    "minutes": "/beheer/overleg/{held}/verslag/",
    "minutes written": "/beheer/overleg/{held}/verslag/schrijf/",
    "minutes too early": "/beheer/overleg/{meeting}/verslag/",
    "minutes as they were": "/beheer/overleg/{held}/verslag/versie/1/",
    "action points": "/beheer/overleg/actiepunten/",
    "new action point": "/beheer/overleg/actiepunten/nieuw/",
    "action point": "/beheer/overleg/actiepunten/{action}/",
}


def around_meetings(meeting, organisation, now) -> dict:
    """A point with a document, one that is proposed, a meeting that was held with its minutes, and things to do."""
    house = meeting.house
    item = AgendaItemFactory(meeting=meeting, position=1, minutes=20, text="Lees de nota.")
    invitation = MeetingInvitationFactory(meeting=meeting, organisation=organisation)
    held = MeetingFactory(
        house=house, starts_at=now - dt.timedelta(hours=1), ends_at=now + dt.timedelta(minutes=30)
    )
    point = AgendaItemFactory(meeting=held, position=1, title="Speelstraat")
    there = MeetingInvitationFactory(meeting=held, organisation=organisation, name="An Peeters")
    action = ActionPointFactory(
        house=house,
        meeting=held,
        item=point,
        owner_invitation=there,
        due_on=now.date() - dt.timedelta(days=2),
    )
    minutes_of(held, point)
    editor = EditorFactory(organisation=organisation).user
    MembershipFactory(user=editor, house=house, role="partner_editor")
    return {
        "agenda_item": item.pk,
        "agenda_document": AgendaDocumentFactory(item=item).pk,
        "agenda_proposal": AgendaProposalFactory(invitation=invitation).pk,
        "held": held.pk,
        "action": action.pk,
        "minutes_link": sign("meeting-minutes", there.pk),
        "action_link": sign("action-point", f"{action.pk}.{action.owner_key}"),
        "partner_editor": editor,
    }


def minutes_of(held, point) -> None:
    """Minutes that went round, with a decision and something to do."""
    action = {"title": "Affiche maken", "owner": "An Peeters", "due_on": "2026-12-01"}
    item = {
        "key": point.pk,
        "title": point.title,
        "purpose": "bespreken",
        "presenter": "Els",
        "deferred": False,
        "notes": "Iedereen wil graag.",
        "decisions": ["We doen het in mei."],
        "actions": [action],
    }
    body = {
        "remarks": "Fijn overleg.",
        "attendance": {"present": ["An Peeters (CAW)"], "excused": ["Bo"], "absent": []},
        "items": [item],
        "actions": [],
    }
    minutes = MinutesFactory(meeting=held, state="circulated")
    MinutesRevisionFactory(minutes=minutes, was_sent=True, body=body)
