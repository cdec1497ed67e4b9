"""An agenda and minutes as PDF, for who plans meetings in the House."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import MeetingFactory, MeetingInvitationFactory, MembershipFactory
from tests.minutes_factories import AgendaItemFactory, MinutesRevisionFactory
from tests.pdf_reading import Pdf

pytestmark = pytest.mark.django_db


def paper(client, name, meeting) -> Pdf:
    answer = client.get(reverse(name, args=[meeting.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return Pdf(answer.content)


def test_the_agenda_is_a_tagged_paper_with_a_list_to_sign(desk, meeting):
    AgendaItemFactory(meeting=meeting, position=1, title="Speelstraat", minutes=20)
    MeetingInvitationFactory(meeting=meeting, name="An Peeters")
    made = paper(desk, "meeting_paper", meeting)
    assert made.title == "Agenda: Stuurgroep"
    words = made.words()
    for said in ("Stuurgroep", "Speelstraat", "Samen 20 minuten.", "An Peeters", "Handtekening"):
        assert said in words
    assert made.tags().count("H1") == 1
    assert made.tags().count("Table") == 1
    assert (
        reverse("meeting_paper", args=[meeting.pk])
        in desk.get(reverse("meeting_print", args=[meeting.pk])).content.decode()
    )


def test_a_cancelled_meeting_says_so_on_paper(desk, house):
    gone = MeetingFactory(house=house, title="Teamdag", status="cancelled", cancel_reason="Te weinig volk.")
    assert "Dit overleg gaat niet door. Te weinig volk." in paper(desk, "meeting_paper", gone).words()


def test_the_minutes_are_a_paper_that_says_whether_they_are_approved(desk, house):
    held = MinutesRevisionFactory(minutes__meeting__house=house).minutes
    made = paper(desk, "minutes_paper", held.meeting)
    assert made.title == f"Verslag: {held.meeting}"
    assert "Dit verslag is nog niet goedgekeurd." in made.words()
    held.state, held.approved_at = "approved", held.meeting.ends_at
    held.save(update_fields=["state", "approved_at"])
    assert "nog niet goedgekeurd" not in paper(desk, "minutes_paper", held.meeting).words()
    assert (
        reverse("minutes_paper", args=[held.pk])
        in desk.get(reverse("minutes_detail", args=[held.pk])).content.decode()
    )


def test_without_minutes_there_is_no_paper(desk, meeting):
    assert desk.get(reverse("minutes_paper", args=[meeting.pk])).status_code == 404


def test_somebody_of_another_house_gets_neither(client, house):
    held = MinutesRevisionFactory(minutes__meeting__house=house).minutes
    client.force_login(MembershipFactory().user)
    for name in ("meeting_paper", "minutes_paper"):
        assert client.get(reverse(name, args=[held.pk])).status_code == 404
        assert client.post(reverse(name, args=[held.pk])).status_code == 405


def test_a_long_agenda_of_odd_words_is_a_paper(desk, house):
    starts = dt.datetime(2026, 3, 12, 10, tzinfo=dt.UTC)
    odd = MeetingFactory(
        house=house,
        title="اجتماع 👋🏽 " + "w" * 100,
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=2),
    )
    for position, text in enumerate(
        ("x" * 3000, "https://voorbeeld.example/" + "a" * 400, "😀" * 500), start=1
    ):
        AgendaItemFactory(meeting=odd, position=position, text=text)
    assert len(paper(desk, "meeting_paper", odd).pages()) >= 2
