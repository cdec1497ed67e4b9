"""Making the agenda of a meeting: points come, move and go, with their documents; what is offered is taken up once."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from huizen.links import sign
from huizen.models import Event
from partners.actions.agenda import AgendaPoint, add_item, move_item, remove_item, take_up, write_agenda
from partners.actions.meeting_lock import MeetingError
from partners.agenda_sources import waiting_for
from partners.models import AgendaDocument, AgendaItem, Meeting
from tests.factories import NOW, MeetingFactory, MeetingInvitationFactory, MembershipFactory
from tests.minutes_factories import (
    ActionPointFactory,
    AgendaDocumentFactory,
    AgendaItemFactory,
    AgendaProposalFactory,
    MinutesFactory,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 een nota %%EOF"


def titles(meeting):
    return list(
        AgendaItem.objects.filter(meeting=meeting).order_by("position").values_list("title", flat=True)
    )


def points(meeting, *names):
    return [AgendaItemFactory(meeting=meeting, position=n, title=name) for n, name in enumerate(names, 1)]


def edit(meeting):
    return reverse("agenda_edit", args=[meeting.pk])


def test_a_point_comes_behind_the_others(desk, meeting):
    points(meeting, "Welkom")
    answer = desk.post(edit(meeting), {"title": "Rondvraag", "purpose": "inform", "minutes": "10"})
    assert (answer.status_code, titles(meeting)) == (302, ["Welkom", "Rondvraag"])
    assert desk.get(edit(meeting)).status_code == 200
    event = Event.objects.get(verb="agenda_changed")
    assert event.changes == {"agenda": ["", "Rondvraag"]}


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"minutes": "0"}, {"minutes": "9" * 30}, {"purpose": "slapen"}, {"title": "x\0"}]
)
def test_what_is_wrong_gets_a_sentence_and_adds_nothing(desk, meeting, wrong):
    answer = desk.post(edit(meeting), {"title": "Rondvraag", "purpose": "inform", **wrong})
    assert (answer.status_code, titles(meeting)) == (422, [])


def test_the_order_changes_with_buttons_and_stops_at_the_ends(desk, meeting):
    first, _, last = points(meeting, "A", "B", "C")
    desk.post(reverse("agenda_item_move", args=[last.pk]), {"richting": "omhoog"})
    assert titles(meeting) == ["A", "C", "B"]
    desk.post(reverse("agenda_item_move", args=[first.pk]), {"richting": "omhoog"})
    assert titles(meeting) == ["A", "C", "B"]
    desk.post(reverse("agenda_item_move", args=[first.pk]), {"richting": "omlaag"})
    assert titles(meeting) == ["C", "A", "B"]


def test_who_changes_the_agenda_makes_an_older_page_old(meeting, els):
    add_item(meeting=meeting, facts={"title": "Nieuw"}, by=els, now=NOW + dt.timedelta(hours=1))
    assert Meeting.objects.get().changed_at == NOW + dt.timedelta(hours=1)


def test_a_point_that_is_gone_says_so(desk, meeting, els):
    [item] = points(meeting, "A")
    assert desk.get(reverse("agenda_item_remove", args=[item.pk])).status_code == 200
    assert titles(meeting) == ["A"]
    remove_item(item=item, by=els, now=NOW)
    with pytest.raises(MeetingError, match="intussen weg"):
        move_item(item=item, step=1, by=els, now=NOW)


def test_once_the_meeting_began_no_point_goes(meeting, els):
    [item] = points(meeting, "A")
    with pytest.raises(MeetingError, match="begonnen"):
        remove_item(item=item, by=els, now=meeting.starts_at)


def test_a_cancelled_meeting_keeps_its_agenda(meeting, els):
    meeting.status = "cancelled"
    meeting.save()
    with pytest.raises(MeetingError, match="gaat niet door"):
        add_item(meeting=meeting, facts={"title": "A"}, by=els, now=NOW)


def test_a_full_agenda_takes_no_more(meeting, els):
    points(meeting, *(f"Punt {n}" for n in range(30)))
    with pytest.raises(MeetingError, match="hoogstens 30"):
        add_item(meeting=meeting, facts={"title": "A"}, by=els, now=NOW)


def test_changing_the_meeting_keeps_each_point_the_same_row(meeting):
    first, second = points(meeting, "A", "B")
    AgendaDocumentFactory(item=second)
    write_agenda(
        meeting, [AgendaPoint("B anders", key=second.pk), AgendaPoint("C"), AgendaPoint("A", key=None)]
    )
    assert titles(meeting) == ["B anders", "C", "A"]
    assert AgendaDocument.objects.get().item_id == second.pk
    assert not AgendaItem.objects.filter(pk=first.pk).exists()


def test_the_key_of_a_point_of_another_meeting_takes_nothing(meeting):
    [other] = points(MeetingFactory(), "Geheim")
    write_agenda(meeting, [AgendaPoint("A", key=other.pk)])
    other.refresh_from_db()
    assert (titles(meeting), other.title) == (["A"], "Geheim")


def test_a_point_tells_more_on_its_own_page(desk, meeting):
    [item] = points(meeting, "A")
    url = reverse("agenda_item_edit", args=[item.pk])
    assert desk.get(url).status_code == 200
    facts = {
        "title": "A2",
        "purpose": "decide",
        "minutes": "20",
        "text": "Lees de nota.",
        "state": "deferred",
    }
    assert desk.post(url, facts).url == edit(meeting)
    item.refresh_from_db()
    assert (item.title, item.purpose, item.text, item.state) == ("A2", "decide", "Lees de nota.", "deferred")
    assert desk.post(url, facts | {"state": "weg"}).status_code == 422


def add(client, item, **facts):
    return client.post(reverse("agenda_document_add", args=[item.pk]), {"title": "Nota", "url": "", **facts})


@pytest.fixture
def nota(desk, meeting, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "closed": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    [item] = points(meeting, "A")
    assert add(desk, item, file=SimpleUploadedFile("../../Nota 1.pdf", PDF)).status_code == 302
    return AgendaDocument.objects.get()


def test_a_file_comes_out_as_something_to_keep(desk, nota):
    answer = desk.get(reverse("agenda_document", args=[nota.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Nota 1.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_who_is_asked_reads_it_by_her_link_and_nobody_else(client, nota, meeting):
    token = sign("meeting-answer", MeetingInvitationFactory(meeting=meeting).pk)
    url = reverse("agenda_document_by_link", args=[token, nota.pk])
    assert b"".join(client.get(url).streaming_content) == PDF
    assert url in client.get(reverse("meeting_answer", args=[token])).content.decode()
    gone = sign("meeting-answer", MeetingInvitationFactory(meeting=meeting, withdrawn_at=NOW).pk)
    other = sign("meeting-answer", MeetingInvitationFactory().pk)
    for bad in (gone, other, "onzin", token[:-1]):
        assert client.get(reverse("agenda_document_by_link", args=[bad, nota.pk])).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"url": "javascript:alert(1)"},
        {"file": SimpleUploadedFile("a.html", b"<script>")},
        {"file": SimpleUploadedFile("a.pdf", b"<script>")},
        {"url": "https://voorbeeld.example", "file": SimpleUploadedFile("a.pdf", PDF)},
    ],
)
def test_a_document_that_cannot_be_is_refused(desk, meeting, wrong):
    [item] = points(meeting, "A")
    assert add(desk, item, **wrong).status_code == 422
    assert not AgendaDocument.objects.exists()


def test_a_document_goes_with_its_file(desk, nota, django_capture_on_commit_callbacks):
    url = reverse("agenda_document_remove", args=[nota.pk])
    assert desk.get(url).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(url).status_code == 302
    assert not nota.file.storage.exists(nota.file.name)
    assert desk.post(url).status_code == 404


def deferred(meeting, title="Speelplein"):
    earlier = MeetingFactory(
        house=meeting.house,
        starts_at=meeting.starts_at - dt.timedelta(days=60),
        ends_at=meeting.starts_at - dt.timedelta(days=59),
    )
    return AgendaItemFactory(meeting=earlier, position=1, title=title, state="deferred", minutes=15)


def offered(meeting, now=None):
    """What partners themselves hand in; what the offer does is in tests/activities/test_waiting_points.py."""
    groups = waiting_for(meeting, now=now or timezone.now())
    return {one.title: one for group in groups for one in group.waiting if not one.key.startswith("leemte")}


def test_what_was_put_off_is_offered_to_the_next_and_taken_up_once(desk, meeting):
    item = deferred(meeting)
    page = desk.get(edit(meeting)).content.decode()
    assert "Speelplein" in page
    url, key = reverse("agenda_take_up", args=[meeting.pk]), {"sleutel": f"punt-{item.pk}"}
    for _ in range(2):
        assert desk.post(url, key).status_code == 302
    [taken] = AgendaItem.objects.filter(meeting=meeting)
    assert (taken.title, taken.minutes, taken.carried_from) == ("Speelplein", 15, item)
    assert "Speelplein" not in offered(meeting)
    third = MeetingFactory(
        house=meeting.house, starts_at=meeting.ends_at, ends_at=meeting.ends_at + dt.timedelta(1)
    )
    assert "Speelplein" not in offered(third)
    meeting.status = "cancelled"
    meeting.save()
    assert "Speelplein" in offered(third)


def test_what_another_house_put_off_is_not_offered(meeting):
    deferred(MeetingFactory(starts_at=meeting.starts_at, ends_at=meeting.ends_at))
    assert offered(meeting) == {}


@pytest.mark.parametrize("key", ["", "punt-0", "onzin", "x\0", "x" * 500])
def test_a_key_that_nobody_offered_adds_nothing(desk, meeting, els, key):
    assert desk.post(reverse("agenda_take_up", args=[meeting.pk]), {"sleutel": key}).status_code == 302
    assert titles(meeting) == []
    with pytest.raises(MeetingError, match="wacht intussen niet meer"):
        take_up(meeting=meeting, key=key, by=els, now=NOW)


def test_minutes_to_approve_and_open_action_points_are_offered(meeting):
    earlier = deferred(meeting).meeting
    MinutesFactory(meeting=earlier, state="circulated")
    ActionPointFactory(house=meeting.house, meeting=earlier, title="Affiche")
    ActionPointFactory(house=meeting.house, state="done", closed_at=NOW, title="Gedaan")
    found = offered(meeting)
    assert [title.split(" van ")[0] for title in found] == ["Speelplein", "Verslag", "Actiepunten"]
    assert found["Actiepunten van vorige keer"].text == "- Affiche (nog niemand)"


def test_the_page_costs_the_same_with_one_and_with_three_of_each(
    desk, meeting, django_assert_max_num_queries
):
    def visit():
        with django_assert_max_num_queries(32) as queries:
            assert desk.get(edit(meeting)).status_code == 200
        return len(queries)

    def more():
        position = meeting.agenda.count() + 1
        AgendaDocumentFactory(item=AgendaItemFactory(meeting=meeting, position=position))
        AgendaProposalFactory(invitation=MeetingInvitationFactory(meeting=meeting))
        MinutesFactory(meeting=deferred(meeting).meeting, state="circulated")
        ActionPointFactory(house=meeting.house)

    more()
    one = visit()
    more()
    more()
    assert visit() == one


def test_the_agenda_shows_what_is_still_to_be_done_also_on_paper(desk, meeting):
    ActionPointFactory(house=meeting.house, title="Affiche maken")
    for name in ("agenda_edit", "meeting_print"):
        assert "Affiche maken" in desk.get(reverse(name, args=[meeting.pk])).content.decode()


def test_only_who_plans_meetings_in_the_house_makes_its_agenda(client, meeting):
    document = AgendaDocumentFactory(item=AgendaItemFactory(meeting=meeting))
    urls = [
        edit(meeting),
        reverse("agenda_item_edit", args=[document.item_id]),
        reverse("agenda_item_remove", args=[document.item_id]),
        reverse("agenda_document", args=[document.pk]),
    ]
    assert {client.get(url).url.partition("?")[0] for url in urls} == {reverse("account_login")}
    client.force_login(MembershipFactory().user)
    assert {client.get(url).status_code for url in urls} == {404}
    posts = [*urls[:3], reverse("agenda_item_move", args=[document.item_id])]
    posts += [
        reverse("agenda_take_up", args=[meeting.pk]),
        reverse("agenda_document_remove", args=[document.pk]),
    ]
    assert {client.post(url, {"title": "x"}).status_code for url in posts} == {404}
    client.force_login(MembershipFactory(role="partner_editor", house=meeting.house).user)
    assert {client.get(url).status_code for url in urls} == {403}
