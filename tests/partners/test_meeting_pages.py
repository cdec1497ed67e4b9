"""The pages on which a meeting is planned, followed, changed and printed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from huizen.models import Message, PlannedMessage
from partners.forms.moment import on_the_wall
from partners.models import Meeting, MeetingInvitation
from tests.factories import (
    NOW,
    ContactFactory,
    MeetingFactory,
    MeetingInvitationFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.partners.meeting_form import create, soon, typed

pytestmark = pytest.mark.django_db


def test_a_meeting_is_planned_in_one_go(desk, contact):
    answer = create(desk, contacts=[str(contact.pk)])
    meeting = Meeting.objects.get()
    assert answer.url == reverse("meeting_detail", args=[meeting.pk])
    assert timezone.localtime(meeting.starts_at).strftime("%H:%M") == "19:30"
    assert [item.title for item in meeting.agenda.order_by("position")] == ["Welkom", "Rondvraag"]
    assert set(meeting.invitations.values_list("email", flat=True)) == {
        contact.email,
        "gust@voorbeeld.example",
    }
    assert Message.objects.filter(template="meeting_invitation").count() == 2
    assert desk.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": "2020-01-01"}, "Kies een dag vanaf vandaag"),
        ({"day": "9999-12-31"}, "Kies een dag vanaf vandaag"),
        ({"day": "0001-01-01"}, "Kies een dag vanaf vandaag"),
        ({"day": "morgen"}, "id_day"),
        ({"ends": "19:30"}, "Het einde ligt voor het begin."),
        ({"starts": "25:00"}, "id_starts"),
        ({"place": ""}, "Zeg waar het overleg is"),
        ({"place": "", "online_url": "geen link"}, "id_online_url"),
        ({"title": ""}, "id_title"),
        ({"title": "x\0"}, "id_title"),
        ({"agenda-0-title": ""}, "Zeg waarover het gaat"),
        ({"agenda-0-minutes": "99999"}, "minutes"),
        ({"agenda-0-purpose": "slapen"}, "purpose"),
        ({"gast-0-name": ""}, "Vul ook de naam in."),
        ({"gast-0-email": ""}, "Vul ook het e-mailadres in."),
        ({"contacts": ["999999999999999999999999"]}, "contacts"),
        ({"agenda-TOTAL_FORMS": "x"}, "agenda"),
        ({"agenda-TOTAL_FORMS": "99999999"}, "agenda"),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_plans_nothing(desk, contact, wrong, sentence):
    answer = create(desk, **wrong)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (422, True)
    assert "Rondvraag" in page or "agenda-0-title" in wrong or "agenda-TOTAL_FORMS" in wrong
    assert not Meeting.objects.exists()
    assert not Message.objects.exists()


def test_an_hour_that_the_clock_skips_does_not_exist():
    with pytest.raises(ValidationError, match="bestaat niet op zondag 29 maart 2026"):
        on_the_wall(dt.date(2026, 3, 29), dt.time(2, 30))
    assert on_the_wall(dt.date(2026, 3, 29), dt.time(3, 0)).astimezone(dt.UTC).hour == 1


def test_an_hour_that_comes_twice_is_the_first():
    assert on_the_wall(dt.date(2026, 10, 25), dt.time(2, 30)).astimezone(dt.UTC) == dt.datetime(
        2026, 10, 25, 0, 30, tzinfo=dt.UTC
    )


def test_more_rows_keep_what_was_typed_and_save_nothing(desk, contact):
    answer = create(desk, rijen="agenda", contacts=[str(contact.pk)], place="")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not Meeting.objects.exists()
    for value in ("Stuurgroep", "Rondvraag", "Welkom", "Gust@Voorbeeld.example", "19:30"):
        assert value in page
    assert answer.context["agenda"].total_form_count() == 5
    assert "checked" in page
    assert "error-summary" not in page


def test_a_contact_of_another_house_cannot_be_asked(desk):
    stranger = ContactFactory(organisation=PartnershipFactory().organisation)
    assert create(desk, contacts=[str(stranger.pk)]).status_code == 422
    assert not Meeting.objects.exists()


def test_a_meeting_like_a_former_one_starts_from_its_agenda_and_people(desk, house, meeting, contact):
    MeetingInvitationFactory(meeting=meeting, contact=contact, email=contact.email)
    meeting.agenda.create(position=1, title="Vast punt")
    page = desk.get(reverse("meeting_create"), {"kopie": meeting.pk}).content.decode()
    assert "Vast punt" in page
    assert "checked" in page
    other = MeetingFactory(title="Geheim overleg")
    assert "Geheim" not in desk.get(reverse("meeting_create"), {"kopie": other.pk}).content.decode()
    assert desk.get(reverse("meeting_create"), {"kopie": "9" * 40}).status_code == 200


def change(client, meeting, **facts):
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    data = typed(
        day=starts.date().isoformat(),
        starts=starts.strftime("%H:%M"),
        ends=ends.strftime("%H:%M"),
        place=meeting.place,
        seen=meeting.changed_at.isoformat(),
    )
    return client.post(reverse("meeting_edit", args=[meeting.pk]), data | facts)


@pytest.fixture
def morning(house, els):
    """A meeting at whole minutes that cannot run over midnight."""
    starts = timezone.make_aware(dt.datetime.combine(soon(), dt.time(9)))
    return MeetingFactory(
        house=house, organiser=els, starts_at=starts, ends_at=starts + dt.timedelta(hours=2)
    )


def test_another_place_is_saved_and_told(desk, morning):
    MeetingInvitationFactory(meeting=morning)
    assert desk.get(reverse("meeting_edit", args=[morning.pk])).status_code == 200
    assert change(desk, morning, place="Zaal 9").status_code == 302
    morning.refresh_from_db()
    assert (morning.place, morning.ical_sequence, morning.time_version) == ("Zaal 9", 1, 1)
    assert Message.objects.get().template == "meeting_update"


def test_another_agenda_alone_is_told_only_when_ticked(desk, morning):
    MeetingInvitationFactory(meeting=morning)
    change(desk, morning)
    assert not Message.objects.exists()
    morning.refresh_from_db()
    change(desk, morning, tell="on")
    assert Message.objects.count() == 1


def test_who_edits_an_older_copy_keeps_her_words_and_changes_nothing(desk, morning):
    answer = change(desk, morning, place="Zaal 9", seen="2020-01-01T00:00:00+00:00")
    page = answer.content.decode()
    assert (answer.status_code, "intussen" in page, "Zaal 9" in page) == (422, True, True)
    assert Meeting.objects.get().place == morning.place


@pytest.mark.parametrize("seen", ["", "x", "2026-13-45T99:99:99", "2026-01-01"])
def test_a_damaged_form_is_refused(desk, morning, seen):
    assert change(desk, morning, seen=seen).status_code == 422


def test_cancelling_asks_for_a_reason_first(desk, meeting):
    url = reverse("meeting_cancel", args=[meeting.pk])
    assert desk.get(url).status_code == 200
    assert desk.post(url, {"reason": ""}).status_code == 422
    assert Meeting.objects.get().status == "scheduled"
    desk.post(url, {"reason": "De zaal is weg."})
    assert Meeting.objects.get().cancel_reason == "De zaal is weg."
    assert desk.post(url, {"reason": "Nog eens."}).status_code == 422
    desk.post(reverse("meeting_restore", args=[meeting.pk]))
    assert Meeting.objects.get().status == "scheduled"
    desk.post(reverse("meeting_restore", args=[meeting.pk]))
    assert Meeting.objects.get().ical_sequence == 2


def test_people_are_asked_later_and_withdrawn(desk, meeting, contact):
    url = reverse("meeting_invite", args=[meeting.pk])
    assert contact.name in desk.get(url).content.decode()
    rows = {"gast-TOTAL_FORMS": "1", "gast-INITIAL_FORMS": "0"}
    assert desk.post(url, rows | {"rijen": "mensen", "contacts": [str(contact.pk)]}).status_code == 200
    assert desk.post(url, rows | {"gast-0-name": "Gust"}).status_code == 422
    assert not MeetingInvitation.objects.exists()
    desk.post(url, rows | {"contacts": [str(contact.pk)]})
    invitation = MeetingInvitation.objects.get()
    away = reverse("meeting_withdraw", args=[invitation.pk])
    assert desk.get(away).status_code == 200
    assert MeetingInvitation.objects.get().withdrawn_at is None
    desk.post(away)
    assert MeetingInvitation.objects.get().withdrawn_at
    assert desk.post(away).status_code == 404
    assert "Niet meer gevraagd" in desk.get(reverse("meeting_detail", args=[meeting.pk])).content.decode()


def test_the_page_says_what_will_be_sent_when_and_to_whom(desk, contact):
    create(desk, contacts=[str(contact.pk)])
    meeting = Meeting.objects.get()
    planned = desk.get(reverse("meeting_detail", args=[meeting.pk])).context["planned"]
    assert [some["words"] for some in planned] == [
        "Herinnering",
        "Vraag om te antwoorden",
        "Stand van zaken voor de organisator",
        "Herinnering",
    ]
    assert sorted(planned[0]["names"]) == ["Bob", "Gust"]
    assert planned[2]["names"] == ["Els"]
    assert PlannedMessage.objects.count() == 7


def test_the_page_counts_answers_and_says_when_the_agenda_is_too_long(desk, meeting):
    for answer in ("yes", "yes", "maybe", "no"):
        MeetingInvitationFactory(meeting=meeting, answer=answer, answered_at=NOW, comment="Ik neem taart mee")
    MeetingInvitationFactory(meeting=meeting, earlier_answer="yes")
    meeting.agenda.create(position=1, title="Lang", minutes=150)
    answer = desk.get(reverse("meeting_detail", args=[meeting.pk]))
    assert [number for _, number in answer.context["counts"]] == [2, 1, 1, 1]
    page = answer.content.decode()
    for words in ("Ik neem taart mee", "voor het vorige moment: komt", "30 minuten te lang"):
        assert words in page


def test_the_pages_cost_the_same_with_one_and_with_three_guests(desk, meeting, django_assert_max_num_queries):
    def visit(name):
        with django_assert_max_num_queries(12) as queries:
            desk.get(reverse(name, args=[meeting.pk]))
        return len(queries)

    def guests(number):
        for _ in range(number):
            MeetingInvitationFactory(meeting=meeting, organisation=OrganisationFactory())
            meeting.agenda.create(position=meeting.agenda.count() + 1, title="Punt")
        return [visit(name) for name in ("meeting_detail", "meeting_print")]

    assert guests(1) == guests(2)


def test_the_list_costs_the_same_with_one_and_with_three_meetings(
    desk, house, meeting, django_assert_num_queries
):
    def visit():
        with django_assert_num_queries(5):
            return desk.get(reverse("meeting_list")).context["page"].object_list

    MeetingInvitationFactory(meeting=meeting, answer="yes", answered_at=NOW)
    assert [row.said_yes for row in visit()] == [1]
    for _ in range(2):
        MeetingInvitationFactory(
            meeting__house=house, meeting__starts_at=meeting.starts_at, meeting__ends_at=meeting.ends_at
        )
    assert len(visit()) == 3


def test_the_list_keeps_coming_and_past_apart(desk, house, meeting):
    past = MeetingFactory(
        house=house,
        title="Vorig jaar",
        starts_at=NOW - dt.timedelta(days=300),
        ends_at=NOW - dt.timedelta(days=299),
    )
    MeetingFactory(title="Elders")
    assert list(desk.get(reverse("meeting_list")).context["page"].object_list) == [meeting]
    old = desk.get(reverse("meeting_list"), {"toon": "voorbij", "pagina": "9999999"})
    assert list(old.context["page"].object_list) == [past]


def test_a_meeting_that_is_over_offers_no_changes(desk, house):
    old = MeetingFactory(
        house=house, starts_at=NOW - dt.timedelta(days=2), ends_at=NOW - dt.timedelta(days=1)
    )
    page = desk.get(reverse("meeting_detail", args=[old.pk])).content.decode()
    assert "Dit overleg is voorbij." in page
    assert reverse("meeting_cancel", args=[old.pk]) not in page
