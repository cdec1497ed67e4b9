"""What was agreed to do: written down, changed, done by a link or at the desk; the list and its file."""

import datetime as dt
import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from huizen.links import sign
from huizen.models import Event
from partners.actions.action_point import ActionPointError, Agreed, change_action, give_action, settle_action
from partners.actions.minutes_letter import action_url
from partners.models import ActionPoint
from tests.factories import NOW, ContactFactory, MembershipFactory, PartnershipFactory, UserFactory
from tests.minutes_factories import ActionPointFactory

pytestmark = pytest.mark.django_db
LIST = reverse("action_list")


@pytest.fixture
def point(house, contact):
    return ActionPointFactory(
        house=house, owner_contact=contact, due_on=timezone.localdate() + dt.timedelta(days=10)
    )


@pytest.fixture
def link(point):
    return reverse("action_answer", args=[sign("action-point", f"{point.pk}.{point.owner_key}")])


def state(point):
    return ActionPoint.objects.get(pk=point.pk).state


def test_what_is_agreed_twice_is_one_thing(house, contact, els):
    agreed = Agreed("Affiche", contact, dt.date(2026, 6, 1))
    first = give_action(house=house, agreed=agreed, by=els, now=NOW)
    assert give_action(house=house, agreed=agreed, by=els, now=NOW) == first
    settle_action(point=first, state="done", by=els, now=NOW)
    assert give_action(house=house, agreed=agreed, by=els, now=NOW) != first


def test_somebody_does_it_or_nobody_not_two(house, contact, els):
    with pytest.raises(IntegrityError, match="one_owner"), transaction.atomic():
        ActionPointFactory(house=house, owner_contact=contact, owner_user=els)


def test_another_person_or_day_is_a_new_version_another_word_is_not(point, els, contact):
    later = NOW + dt.timedelta(hours=1)
    words = Agreed("Affiche drukken", contact, point.due_on)
    row = change_action(point=point, agreed=words, seen=NOW, by=els, now=later)
    assert (row.version, row.set_at) == (1, NOW)
    with pytest.raises(ActionPointError, match="intussen"):
        change_action(point=point, agreed=words, seen=NOW, by=els, now=later)
    row = change_action(
        point=point, agreed=Agreed("Affiche", els, point.due_on), seen=later, by=els, now=later
    )
    assert (row.version, row.set_at, row.owner_key) == (2, later, f"u{els.pk}")


def test_opening_the_link_changes_nothing_and_the_button_acts_once(client, point, link):
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert state(point) == "open"
    for _ in range(2):
        assert client.post(link, {"staat": "done"}).url == link
    assert state(point) == "done"
    assert Event.objects.filter(verb="action_done").count() == 1
    assert "Toch nog niet klaar" in client.get(link).content.decode()
    client.post(link, {"staat": "open"})
    assert state(point) == "open"


def test_a_forged_link_or_that_of_a_former_owner_does_nothing(client, point, link, els):
    tokens = [f"{point.pk}.{point.owner_key}", "onzin", sign("meeting-answer", point.pk)]
    assert {client.post(reverse("action_answer", args=[token])).status_code for token in tokens} == {404}
    change_action(point=point, agreed=Agreed("x", els, None), seen=NOW, by=els, now=NOW)
    assert (client.get(link).status_code, client.post(link).status_code) == (404, 404)
    assert action_url(ActionPoint.objects.get()) != link
    assert state(point) == "open"


def test_what_is_no_longer_needed_cannot_be_done(client, point, link, els):
    settle_action(point=point, state="dropped", by=els, now=NOW)
    assert "niet meer nodig" in client.get(link).content.decode()
    assert client.post(link).status_code == 200
    assert state(point) == "dropped"


def titles(client, **asked):
    return [point.title for point in client.get(LIST, asked).context["page"]]


def test_the_list_shows_what_is_open_late_done_or_mine(desk, house, els, contact):
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    ActionPointFactory(house=house, title="Later", due_on=today + day, owner_user=els)
    ActionPointFactory(house=house, title="Te laat", due_on=today - day, owner_contact=contact)
    ActionPointFactory(house=house, title="Gedaan", state="done", closed_at=NOW)
    ActionPointFactory(house=house, title="Zonder dag", due_on=None)
    ActionPointFactory(title="Elders")
    assert titles(desk) == ["Te laat", "Later", "Zonder dag"]
    assert titles(desk, toon="laat") == ["Te laat"]
    assert titles(desk, toon="klaar") == ["Gedaan"]
    assert titles(desk, wie="mij") == ["Later"]
    assert titles(desk, q="bob") == ["Te laat"]
    assert titles(desk, toon="x\0", wie="x", q="zonder") == ["Zonder dag"]
    assert titles(desk, volgorde="-wat") == ["Zonder dag", "Te laat", "Later"]


def test_the_list_is_a_file_that_runs_nothing(desk, house, els):
    ActionPointFactory(house=house, title="=2+2", owner_user=els, due_on=dt.date(2026, 6, 1))
    answer = desk.get(reverse("action_xlsx"))
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[0][:4] == ("Wat", "Wie", "Tegen", "Toestand")
    assert rows[1][:4] == ("'=2+2", "Els", dt.datetime(2026, 6, 1), "te doen")
    assert "Els" in desk.get(reverse("action_csv")).content.decode()


def typed(**facts):
    return {"todo": "Sleutel halen", "who": "", "due": "", **facts}


def test_something_to_do_outside_a_meeting(desk, house, contact):
    url = reverse("action_create")
    assert desk.get(url).status_code == 200
    assert desk.post(url, typed(who=f"c{contact.pk}")).url == LIST
    point = ActionPoint.objects.get()
    assert (point.title, point.owner, point.house, point.meeting) == ("Sleutel halen", contact, house, None)


@pytest.mark.parametrize(
    "wrong", [{"todo": ""}, {"todo": "x\0"}, {"who": "c0"}, {"due": "gisteren"}, {"due": "2020-01-01"}]
)
def test_what_is_wrong_gets_a_sentence(desk, wrong):
    assert desk.post(reverse("action_create"), typed(**wrong)).status_code == 422
    assert not ActionPoint.objects.exists()


def test_a_contact_of_another_house_does_nothing_here(desk):
    stranger = ContactFactory(organisation=PartnershipFactory().organisation)
    assert desk.post(reverse("action_create"), typed(who=f"c{stranger.pk}")).status_code == 422


def test_it_is_changed_and_settled_at_the_desk(desk, point, els):
    url = reverse("action_edit", args=[point.pk])
    page = desk.get(url).content.decode()
    assert ("Affiche maken" in page, "selected" in page) == (True, True)
    seen = {"seen": point.changed_at.isoformat()}
    for damaged in ("", "x", "2026-13-45T99:99:99", "2026-01-01"):
        assert desk.post(url, typed(seen=damaged)).status_code == 422
    assert desk.post(url, typed(who=f"u{els.pk}", **seen)).url == LIST
    assert desk.post(url, typed(**seen)).status_code == 422
    point.refresh_from_db()
    assert (point.title, point.owner) == ("Sleutel halen", els)
    settle = reverse("action_settle", args=[point.pk])
    assert desk.get(settle).status_code == 405
    for sent, found in (("done", "done"), ("onzin", "done"), ("open", "open"), ("dropped", "dropped")):
        desk.post(settle, {"staat": sent})
        assert state(point) == found


def test_a_day_that_is_past_may_stay(desk, house):
    old = ActionPointFactory(house=house, due_on=dt.date(2026, 1, 5))
    sent = typed(due="2026-01-05", seen=old.changed_at.isoformat())
    assert desk.post(reverse("action_edit", args=[old.pk]), sent).status_code == 302


def test_the_list_costs_the_same_with_one_and_with_three(desk, house, django_assert_max_num_queries):
    def visit():
        with django_assert_max_num_queries(10) as queries:
            desk.get(LIST)
        return len(queries)

    def more():
        contact = ContactFactory(organisation=PartnershipFactory(house=house).organisation)
        ActionPointFactory(house=house, owner_contact=contact)

    more()
    one = visit()
    more()
    more()
    assert visit() == one


def test_only_who_plans_meetings_in_the_house_sees_them(client, point):
    urls = [LIST, reverse("action_create"), reverse("action_xlsx"), reverse("action_edit", args=[point.pk])]
    assert {client.get(url).url.partition("?")[0] for url in urls} == {reverse("account_login")}
    client.force_login(MembershipFactory().user)
    assert titles(client) == []
    assert client.post(reverse("action_settle", args=[point.pk]), {"staat": "done"}).status_code == 404
    assert client.get(urls[-1]).status_code == 404
    client.force_login(UserFactory())
    assert {client.get(url).status_code for url in urls} == {403}
