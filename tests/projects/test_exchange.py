"""What professionals give each other: examples, questions with answers, and a list that one is in by choice."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huizen.roles import Role
from projects.actions.exchange import ExchangeError, decide_example, forget_questions, take_back
from projects.models import DirectoryEntry, ExchangeAnswer, ExchangeQuestion, PracticeExample
from tests.factories import HouseFactory, MembershipFactory
from tests.projects.builders import make_abb_reader, make_coordinator, make_officer, make_parent
from tests.projects.report_builders import NOW

pytestmark = pytest.mark.django_db
TOLD = {"title": "De tafel", "worked": "Geen balie.", "for_whom": "Elke ouder", "project": "", "url": ""}


@pytest.fixture
def house():
    return HouseFactory(name="Huis Mol")


@pytest.fixture
def coordinator(house):
    return make_coordinator(house)


@pytest.fixture
def officer():
    return make_officer()


def at(name, *args):
    return reverse(f"exchange_{name}", args=args)


def example(house, state="published", **facts):
    usual = {"title": "De tafel", "worked": "Geen balie.", "for_whom": "Elke ouder", "changed_at": NOW}
    return PracticeExample.objects.create(house=house, state=state, **usual | facts)


def question(by, house=None, **facts):
    usual = {"title": "Hoe?", "asked_by": by, "house": house, "asked_at": NOW, "last_at": NOW}
    return ExchangeQuestion.objects.create(**usual | facts)


def answer(asked, by, house=None):
    return ExchangeAnswer.objects.create(question=asked, house=house, text="Zo.", said_by=by, said_at=NOW)


def queries(client, address) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_an_example_is_proposed_sent_back_published_and_withdrawn(client, house, coordinator, officer):
    client.force_login(coordinator)
    client.post(at("example_create"), TOLD)
    row = PracticeExample.objects.get()
    assert (row.house, row.state) == (house, "proposed")
    page, decide = at("example", row.pk), at("example_decide", row.pk)
    client.force_login(officer)
    assert "Zeg wat er anders moet." in client.post(decide, {"doe": "returned"}, follow=True).content.decode()
    client.post(decide, {"doe": "returned", "remark": "Voor wie?"})
    client.force_login(coordinator)
    assert "Voor wie?" in client.get(page).content.decode()
    client.post(at("example_edit", row.pk), TOLD | {"for_whom": "Ouders met een baby"})
    client.force_login(officer)
    client.post(decide, {"doe": "published"})
    reader = make_coordinator(HouseFactory())
    client.force_login(reader)
    assert "Ouders met een baby" in client.get(page).content.decode()
    client.force_login(coordinator)
    client.post(decide, {"doe": "withdrawn"})
    client.force_login(reader)
    assert client.get(page).status_code == 404


def test_nobody_publishes_her_own_example_or_withdraws_anothers(house, coordinator):
    with pytest.raises(ExchangeError):
        decide_example(example=example(house, "proposed"), state="published", by=coordinator, now=NOW)
    with pytest.raises(ExchangeError):
        decide_example(example=example(HouseFactory()), state="withdrawn", by=coordinator, now=NOW)


def test_what_is_not_published_is_read_by_its_house_and_the_agency(client, house, coordinator, officer):
    rows = [example(house, state) for state in ("proposed", "returned", "withdrawn", "published")]
    staff = MembershipFactory(house=house, role=Role.STAFF).user
    for user, number in ((coordinator, 4), (officer, 4), (staff, 1), (make_coordinator(HouseFactory()), 1)):
        assert PracticeExample.objects.visible_to(user).count() == number
    client.force_login(staff)
    assert client.get(at("example", rows[0].pk)).status_code == 404
    assert client.get(at("example_create")).status_code == 403


def test_bad_input_is_told_at_the_field(client, coordinator):
    client.force_login(coordinator)
    for wrong in ({"title": ""}, {"url": "javascript:alert(1)"}, {"project": "9" * 30}, {"worked": "a\x00b"}):
        response = client.post(at("example_create"), TOLD | wrong)
        assert (response.status_code, list(response.context["form"].errors)) == (422, list(wrong))
    assert client.post(at("ask"), {"title": ""}).status_code == 422
    assert client.post(at("directory"), {"text": "x" * 400}).status_code == 422
    assert client.get(at("questions"), {"q": "a\x00b", "pagina": "9999999"}).status_code == 200


def test_a_question_is_asked_answered_and_found(client, house, coordinator):
    client.force_login(coordinator)
    asked = client.post(at("ask"), {"title": "Hoe bereik je vaders?", "text": ""}).url
    other = make_coordinator(HouseFactory(name="Huis Genk"))
    client.force_login(other)
    assert client.post(asked, {"text": ""}).status_code == 422
    client.post(asked, {"text": "Op zaterdag."})
    page = client.get(asked).content.decode()
    for words in ("Op zaterdag.", "Huis Genk", "Huis Mol", str(coordinator)):
        assert words in page
    listed = client.get(at("questions"), {"q": "vaders"})
    assert [row.number for row in listed.context["page"]] == [1]
    assert "Nog geen vraag gevonden" in client.get(at("questions"), {"q": "niets"}).content.decode()


def test_who_works_in_several_houses_says_in_whose_name(client, house, coordinator):
    second = MembershipFactory(user=coordinator, house=HouseFactory(), role=Role.COORDINATOR).house
    asked = question(make_officer())
    client.force_login(coordinator)
    assert "Namens welk Huis vraag je iets?" in client.get(at("ask")).content.decode()
    client.post(at("question", asked.pk), {"text": "Zo.", "house": second.pk})
    assert asked.answers.get().house == second
    foreign = client.post(at("question", asked.pk), {"text": "Zo.", "house": HouseFactory().pk})
    assert foreign.status_code == 422


def test_one_takes_back_what_one_said_and_the_agency_anything(client, house, coordinator, officer):
    asked = question(coordinator, house)
    said = [answer(asked, officer), answer(asked, coordinator, house), answer(asked, coordinator, house)]
    client.force_login(coordinator)
    assert client.post(at("answer_remove", said[0].pk)).status_code == 404
    with pytest.raises(ExchangeError, match="Alleen wie het schreef"):
        take_back(said=said[0], by=coordinator, now=NOW)
    client.post(at("answer_remove", said[1].pk))
    client.force_login(officer)
    client.post(at("answer_remove", said[2].pk))
    assert list(asked.answers.all()) == [said[0]]
    client.force_login(make_coordinator(HouseFactory()))
    client.post(at("question_remove", asked.pk))
    client.force_login(coordinator)
    client.post(at("question_remove", asked.pk))
    assert not ExchangeQuestion.objects.exists()


def test_one_is_in_the_list_by_choice_and_out_with_one_button(client, house, coordinator):
    client.force_login(coordinator)
    page = at("directory")
    assert coordinator.email not in client.get(page).content.decode().partition("<main")[2]
    for text in ("Vaders bereiken", "Vrijwilligers"):
        client.post(page, {"text": text})
    assert DirectoryEntry.objects.get().text == "Vrijwilligers"
    shown = client.get(page).content.decode().partition("<main")[2]
    assert f"mailto:{coordinator.email}" in shown
    assert "Huis Mol" in shown
    client.post(at("leave"))
    assert not DirectoryEntry.objects.exists()


def test_who_left_is_not_in_the_list_any_more(coordinator):
    entry = DirectoryEntry.objects.create(user=coordinator, text="Vaders", since=NOW)
    assert list(DirectoryEntry.objects.current()) == [entry]
    coordinator.memberships.update(ended_at=NOW)
    assert not DirectoryEntry.objects.current().exists()


def test_what_nobody_talks_about_any_more_is_forgotten(coordinator):
    old, fresh = question(coordinator), question(coordinator, last_at=NOW + dt.timedelta(days=2))
    answer(old, coordinator)
    assert forget_questions(before=NOW + dt.timedelta(days=1), now=NOW) == 2
    assert forget_questions(before=NOW + dt.timedelta(days=1), now=NOW) == 0
    assert ExchangeQuestion.objects.get() == fresh


def test_three_of_each_cost_as_much_as_one(client, house, coordinator, officer):
    pages = [at("questions"), at("examples"), at("directory")]
    client.force_login(coordinator)

    def more():
        by = make_coordinator(HouseFactory())
        asked = question(by, by.memberships.get().house)
        answer(asked, by, asked.house)
        answer(first, by, asked.house)
        example(asked.house)
        DirectoryEntry.objects.create(user=by, text="Vaders", since=NOW)

    first = question(officer)
    more()
    pages.append(at("question", first.pk))
    one = [queries(client, page) for page in pages]
    more()
    more()
    assert [queries(client, page) for page in pages] == one


def test_parents_abb_and_partners_are_refused(client, house):
    editor = MembershipFactory(house=house, role=Role.PARTNER_EDITOR).user
    row, asked = example(house), question(make_officer())
    pages = [
        at("questions"),
        at("examples"),
        at("directory"),
        at("ask"),
        at("example", row.pk),
        at("question", asked.pk),
    ]
    posts = [at("leave"), at("example_decide", row.pk), at("question_remove", asked.pk), *pages[2:4]]
    for user in (editor, make_abb_reader(), make_parent()):
        client.force_login(user)
        assert {client.get(page).status_code for page in pages} == {403}
        assert {client.post(page).status_code for page in posts} == {403}
    client.logout()
    assert all(client.get(page).url.startswith("/aanmelden/") for page in pages)
    assert ExchangeQuestion.objects.exists()


def test_her_line_stands_in_what_we_know_of_her_and_comes_along(client, coordinator, officer):
    for user in (coordinator, officer):
        client.force_login(user)
        assert "Je lijn in de lijst van collega" in client.get("/mijn/gegevens/").content.decode()
        client.post(at("directory"), {"text": f"Vraag mij over vaders, {user.pk}."})
        text = client.get("/mijn/gegevens/").content.decode()
        assert f"Vraag mij over vaders, {user.pk}." in text
        assert f'href="{at("directory")}">Wijzig' in text
        line = client.get("/mijn/gegevens.json").json()["lijst van collega's"]
        assert (line["tekst"], line["sinds"]) == (
            f"Vraag mij over vaders, {user.pk}.",
            DirectoryEntry.objects.get(user=user).since.isoformat(),
        )
        client.post(at("leave"))
        assert client.get("/mijn/gegevens.json").json()["lijst van collega's"] is None


def test_a_parent_is_not_told_of_that_list_and_who_left_still_is(client, coordinator):
    client.force_login(make_parent())
    assert "lijst van collega" not in client.get("/mijn/gegevens/").content.decode()
    assert "lijst van collega's" not in client.get("/mijn/gegevens.json").json()
    client.force_login(coordinator)
    client.post(at("directory"), {"text": "Over vaders."})
    coordinator.memberships.update(ended_at=NOW)
    text = client.get("/mijn/gegevens/").content.decode()
    assert ("Over vaders." in text, at("directory") in text) == (True, False)
