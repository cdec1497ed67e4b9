"""The pages on which minutes are written, read, sent, approved and kept; and the link in the mail."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from huizen.links import sign
from huizen.models import Event, Message
from partners.models import ActionPoint, MinutesRevision
from tests.factories import MeetingFactory, MeetingInvitationFactory, MembershipFactory
from tests.minutes_factories import (
    ActionPointFactory,
    AgendaItemFactory,
    MinutesFactory,
    MinutesRevisionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(house, els):
    """A meeting that began an hour ago."""
    now = timezone.now()
    return MeetingFactory(
        house=house,
        organiser=els,
        title="Stuurgroep",
        starts_at=now - dt.timedelta(hours=1),
        ends_at=now + dt.timedelta(hours=1),
    )


@pytest.fixture
def item(held):
    return AgendaItemFactory(meeting=held, position=1, title="Speelstraat")


@pytest.fixture
def an(held):
    return MeetingInvitationFactory(meeting=held, name="An", email="an@voorbeeld.example")


def page(name, meeting):
    return reverse(name, args=[meeting.pk])


def typed(item, **facts):
    data = {
        "notes": "Iedereen wil.",
        "decisions": "We doen het.",
        "state": "handled",
        "todo": "",
        "who": "",
        "due": "",
    }
    general = {"alg-seen": "0", "alg-remarks": "", "alg-todo": "", "alg-who": "", "alg-due": ""}
    general |= {name: value for name, value in facts.items() if name.startswith("alg-")}
    data |= {name: value for name, value in facts.items() if not name.startswith("alg-")}
    return {f"p{item.pk}-{name}": value for name, value in data.items()} | general


def write(client, item, **facts):
    return client.post(
        page("minutes_edit", item.meeting),
        typed(item, bewaar=str(item.pk), **facts) | {"bewaar": str(item.pk)},
    )


def test_all_is_written_on_one_page(desk, held, item, els):
    assert desk.get(page("minutes_edit", held)).status_code == 200
    due = timezone.localdate() + dt.timedelta(days=20)
    answer = write(desk, item, todo="Affiche maken", who=f"u{els.pk}", due=due.isoformat())
    assert answer.url == f"{page('minutes_edit', held)}#punt-{item.pk}"
    point = ActionPoint.objects.get()
    assert (point.title, point.owner, point.due_on, point.item) == ("Affiche maken", els, due, item)
    item.refresh_from_db()
    assert item.state == "handled"
    shown = desk.get(page("minutes_detail", held)).content.decode()
    for words in ("Iedereen wil.", "We doen het.", "Affiche maken"):
        assert words in shown
    again = desk.get(page("minutes_edit", held)).content.decode()
    assert ("Iedereen wil." in again, "Affiche maken" in again) == (True, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"todo": "", "due": "2090-01-01"},
        {"todo": "x", "due": "2020-01-01"},
        {"todo": "x", "due": "9999-12-31"},
        {"todo": "x", "who": "u999999999999"},
        {"state": "slapen"},
        {"notes": "x\0"},
        {"notes": "x" * 10_001},
        {"alg-seen": "x"},
        {"alg-seen": "9" * 30},
    ],
)
def test_what_is_wrong_gets_a_sentence_and_keeps_what_was_typed(desk, item, wrong):
    answer = write(desk, item, **wrong)
    assert (answer.status_code, MinutesRevision.objects.count()) == (422, 0)
    assert "We doen het." in answer.content.decode()


def test_the_second_of_two_editors_sees_both_versions(desk, held, item):
    write(desk, item, notes="Van Els.")
    answer = write(desk, item, notes="Van Bo.", decisions="Nee.")
    shown = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Iemand anders schreef dit", "Van Els.", "Van Bo."):
        assert words in shown
    assert MinutesRevision.objects.count() == 1
    assert write(desk, item, notes="Van Els en Bo.", **{"alg-seen": "1"}).status_code == 302
    assert MinutesRevision.objects.count() == 2


def test_after_a_clash_what_the_other_wrote_elsewhere_is_kept(desk, held, item):
    other = AgendaItemFactory(meeting=held, position=2, title="Rondvraag")
    both = typed(item, notes="Van Els.") | typed(other, notes="Ook van Els.", decisions="", state="open")
    desk.post(page("minutes_edit", held), both)
    sent = typed(item, notes="Van Bo.") | typed(other, notes="", decisions="", state="open")
    answer = desk.post(page("minutes_edit", held), sent)
    assert "Ook van Els." in answer.content.decode()
    assert answer.context["papers"].data[f"p{other.pk}-notes"] == "Ook van Els."


def test_before_it_begins_the_page_says_so(desk, meeting):
    AgendaItemFactory(meeting=meeting)
    for name in ("minutes_edit", "minutes_detail"):
        assert "zodra het overleg begint" in desk.get(page(name, meeting)).content.decode()


def test_it_is_sent_with_a_button_and_once(desk, held, item, an):
    write(desk, item)
    send = page("minutes_send", held)
    assert desk.get(send).status_code == 405
    for _ in range(2):
        assert desk.post(send, {"seen": "1"}).url == page("minutes_detail", held)
    assert Message.objects.filter(template="meeting_minutes").count() == 1
    for nonsense in ("", "x", "9" * 40):
        assert desk.post(send, {"seen": nonsense}).status_code == 302
    assert Message.objects.filter(template="meeting_minutes").count() == 1


@pytest.fixture
def link(held, an):
    minutes = MinutesFactory(meeting=held, state="circulated")
    MinutesRevisionFactory(minutes=minutes, was_sent=True)
    return reverse("minutes_read", args=[sign("meeting-minutes", an.pk)])


def test_who_was_asked_reads_it_without_an_account(client, link, held, an):
    MinutesRevisionFactory(minutes=held.minutes, number=2, body={"remarks": "Nog niet klaar."})
    point = ActionPointFactory(house=held.house, meeting=held, owner_invitation=an, title="Affiche maken")
    shown = client.get(link).content.decode()
    assert "Fijn overleg." in shown
    assert "Nog niet klaar." not in shown
    assert reverse("action_answer", args=[sign("action-point", f"{point.pk}.i{an.pk}")]) in shown
    assert an.email not in shown
    assert client.post(link).status_code == 405


def test_an_improved_version_says_so(client, link, held):
    body = MinutesRevision.objects.get().body | {"remarks": "Verbeterd."}
    MinutesRevisionFactory(minutes=held.minutes, number=2, was_sent=True, body=body)
    shown = client.get(link).content.decode()
    assert ("Dit is een verbeterde versie" in shown, "Verbeterd." in shown) == (True, True)


def test_a_forged_or_worn_out_link_reads_nothing(client, link, an):
    stranger = MeetingInvitationFactory()
    tokens = ["onzin", sign("meeting-answer", an.pk), sign("meeting-minutes", stranger.pk), link[:-2]]
    assert {
        client.get(reverse("minutes_read", args=[token.strip("/").split("/")[-1]])).status_code
        for token in tokens
    } == {404}
    an.withdrawn_at = timezone.now()
    an.save()
    assert client.get(link).status_code == 404


def test_the_next_meeting_approves_it_with_one_tap(desk, house, link, held, an):
    held.starts_at -= dt.timedelta(days=30)
    held.ends_at -= dt.timedelta(days=30)
    held.save()
    now = timezone.now()
    later = MeetingFactory(
        house=house, starts_at=now - dt.timedelta(minutes=5), ends_at=now + dt.timedelta(hours=1)
    )
    assert "Vandaag goedgekeurd" in desk.get(page("minutes_edit", later)).content.decode()
    approve = page("minutes_approve", held)
    for nonsense in ("", "x", "9" * 40, str(held.pk + 1000)):
        assert desk.post(approve, {"overleg": nonsense}).status_code == 404
    desk.post(approve, {"overleg": str(later.pk)})
    held.minutes.refresh_from_db()
    assert (held.minutes.state, held.minutes.approved_in) == ("approved", later)
    assert desk.get(page("minutes_edit", held)).url == page("minutes_detail", held)
    assert "Goedgekeurd in overleg van" in desk.get(link).content.decode()
    assert "Goedgekeurd in" in desk.get(page("minutes_detail", held)).content.decode()


def test_an_approval_is_taken_back_with_a_reason_and_given_anew(desk, house, link, held):
    held.starts_at -= dt.timedelta(days=30)
    held.ends_at -= dt.timedelta(days=30)
    held.save()
    now = timezone.now()
    hour = {"starts_at": now - dt.timedelta(minutes=5), "ends_at": now + dt.timedelta(hours=1)}
    later = MeetingFactory(house=house, **hour)
    desk.post(page("minutes_approve", held), {"overleg": str(later.pk)})
    undo = page("minutes_reopen", held)
    assert undo in desk.get(page("minutes_detail", held)).content.decode()
    for nothing in ({}, {"reason": ""}, {"reason": "x\0"}, {"reason": "x" * 201}):
        desk.post(undo, nothing)
    held.minutes.refresh_from_db()
    assert held.minutes.state == "approved"
    desk.post(undo, {"reason": "Een cijfer klopt niet."})
    held.minutes.refresh_from_db()
    assert (held.minutes.state, held.minutes.approved_in, held.minutes.approved_at) == (
        "circulated",
        None,
        None,
    )
    assert Event.objects.get(verb="minutes_reopened").reason == "Een cijfer klopt niet."
    assert MinutesRevision.objects.count() == 1
    answer = desk.post(undo, {"reason": "Nog eens."}, follow=True).content.decode()
    assert "Dit verslag is niet goedgekeurd." in answer
    assert desk.get(page("minutes_edit", held)).status_code == 200
    desk.post(page("minutes_approve", held), {"overleg": str(later.pk)})
    held.minutes.refresh_from_db()
    assert held.minutes.state == "approved"


def test_it_is_kept_as_text_and_as_a_page(desk, held, item, els):
    write(desk, item, todo="Affiche <maken>", who=f"u{els.pk}")
    text = desk.get(page("minutes_text", held))
    assert text["Content-Disposition"].startswith('attachment; filename="verslag-stuurgroep-')
    words = text.content.decode()
    for line in ("1. Speelstraat (bespreken)", "Beslist: We doen het.", "Te doen: Affiche <maken> (Els)"):
        assert line in words.splitlines()
    shown = desk.get(page("minutes_html", held)).content.decode()
    assert ("Affiche &lt;maken&gt;" in shown, "Affiche <maken>" in shown) == (True, False)


def test_older_revisions_stay_readable(desk, held, item):
    write(desk, item, notes="Eerst.")
    write(desk, item, notes="Dan.", **{"alg-seen": "1"})
    first = desk.get(reverse("minutes_revision", args=[held.pk, 1])).content.decode()
    assert ("Eerst." in first, "Dan." in first) == (True, False)
    for number in (3, 10**20):
        assert desk.get(f"{page('minutes_detail', held)}versie/{number}/").status_code == 404


def test_the_pages_cost_the_same_with_one_and_with_three(desk, held, item, django_assert_max_num_queries):
    def visit():
        counts = []
        for name in ("minutes_edit", "minutes_detail"):
            with django_assert_max_num_queries(25) as queries:
                desk.get(page(name, held))
            counts.append(len(queries))
        return counts

    def more(position):
        point = AgendaItemFactory(meeting=held, position=position)
        ActionPointFactory(house=held.house, meeting=held, item=point)
        MeetingInvitationFactory(meeting=held)

    more(2)
    write(desk, item)
    one = visit()
    more(3)
    more(4)
    write(desk, item, notes="Meer.", **{"alg-seen": "1"})
    assert visit() == one


PAGES = ["minutes_detail", "minutes_edit", "minutes_text", "minutes_html"]


def test_only_who_plans_meetings_in_the_house_writes(client, held, item):
    MinutesRevisionFactory(minutes=MinutesFactory(meeting=held))
    urls = [page(name, held) for name in PAGES] + [reverse("minutes_revision", args=[held.pk, 1])]
    assert {client.get(url).url.partition("?")[0] for url in urls} == {reverse("account_login")}
    client.force_login(MembershipFactory().user)
    assert {client.get(url).status_code for url in urls} == {404}
    acts = [
        page(name, held) for name in ("minutes_edit", "minutes_send", "minutes_approve", "minutes_reopen")
    ]
    assert {client.post(url, {"seen": "1"}).status_code for url in acts} == {404}
    client.force_login(MembershipFactory(role="partner_editor", house=held.house).user)
    assert {client.get(url).status_code for url in urls} == {403}
