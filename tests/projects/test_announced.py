"""Everybody reads which calls are made public and what they ask; of what is not public, and of who asked, nothing."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from huizen.links import absolute
from huizen.models import Event
from projects.actions.call import CallError, change_call
from projects.application.parts import Step
from projects.models import Call
from tests.factories import HouseFactory
from tests.projects.application_builders import (
    CRITERIA,
    close,
    make_admitted,
    make_house,
    make_juror,
    make_running_call,
)
from tests.projects.builders import make_call, make_coordinator, make_officer, make_parent

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LIST = reverse("public_calls")


@pytest.fixture
def call():
    return make_running_call(title="Oproep 2027", intro="Lees samen.", provinces=["Limburg"])


def address(call) -> str:
    return reverse("public_call", args=[call.programme.slug, call.year])


def page(client, path) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_without_an_account_everybody_reads_what_a_call_asks(client, call):
    guides = {Step.WHO.value: "Noem elke partner."}
    facts = {
        "contact_name": "Team oproepen",
        "contact_phone": "02 000 00 00",
        "contact_email": "oproep@voorbeeld.example",
    }
    Call.objects.update(guides=guides, **facts)
    text = page(client, address(call))
    for words in (
        "Oproep 2027",
        "Lees samen.",
        "Dien in voor",
        "in Limburg",
        "50.000 euro subsidie per jaar, 2 jaar lang",
        "Preventieve gezinsondersteuning",
        CRITERIA[0].name,
        CRITERIA[0].guide,
        "Noem elke partner.",
        "Team oproepen",
        'href="tel:',
        "mailto:oproep@voorbeeld.example",
        reverse("open_call", args=[call.pk]),
    ):
        assert words in text
    assert f'<link rel="canonical" href="{absolute(address(call))}">' in text


@pytest.mark.parametrize(
    ("make", "may"),
    [(lambda: make_coordinator(HouseFactory()), True), (make_officer, False), (make_parent, False)],
)
def test_who_may_not_ask_is_not_sent_to_a_closed_door(client, call, make, may):
    client.force_login(make())
    assert (reverse("open_call", args=[call.pk]) in page(client, address(call))) is may


def test_the_list_says_what_is_open_what_comes_and_what_has_closed(client, call):
    now = timezone.now()
    coming, closed = make_running_call(title="Straks"), make_running_call(title="Voorbij")
    Call.objects.filter(pk=coming.pk).update(opens_at=now + DAY)
    close(closed)
    text = page(client, LIST)
    places = [
        text.index(words)
        for words in ("Nu open", "Oproep 2027", "Komt eraan", "Straks", "Gesloten", "Voorbij")
    ]
    assert places == sorted(places)
    assert "Opent op" in page(client, address(coming))
    after = page(client, address(closed))
    assert ("Deze oproep is gesloten." in after, reverse("open_call", args=[closed.pk]) in after) == (
        True,
        False,
    )
    assert reverse("open_call", args=[coming.pk]) not in page(client, address(coming))


def test_of_what_is_not_public_nothing_shows(client, call):
    Call.objects.update(published_on=None)
    assert "Oproep 2027" not in page(client, LIST)
    assert "Nu is er geen oproep" in page(client, LIST)
    assert client.get(address(call)).status_code == 404
    assert "Oproep 2027" not in client.get("/sitemap-oproepen.xml").content.decode()
    assert address(call) not in client.get("/sitemap-oproepen.xml").content.decode()


def test_a_call_of_which_nobody_knows_when_it_was_open_has_no_page(client):
    old = make_call(published_on=dt.date(2021, 6, 1), title="Oproep 2021")
    assert "Oproep 2021" not in page(client, LIST)
    assert client.get(address(old)).status_code == 404


def test_of_who_asked_and_who_judges_nothing_shows(client):
    call = make_running_call()
    application = make_admitted(call, make_house("Peer"), now=call.closes_at + DAY, title="Geheim plan")
    juror = make_juror(call)
    for path in (LIST, address(call)):
        text = page(client, path)
        for words in ("Geheim plan", application.house.name, str(juror), juror.email):
            assert words not in text


def test_it_is_found_from_the_projects_the_map_and_the_lists_of_staff(client, call):
    assert LIST in page(client, reverse("project_list"))
    assert address(call) in page(client, LIST)
    assert address(call) in client.get("/sitemap-oproepen.xml").content.decode()
    assert LIST in client.get("/sitemap-paginas.xml").content.decode()
    client.force_login(make_officer())
    for name, *args in (("programme_list",), ("call_rules", call.pk)):
        assert address(call) in page(client, reverse(name, args=args))
    client.force_login(make_house("Mol").coordinator)
    assert LIST in page(client, reverse("open_calls"))
    assert address(call) in page(client, reverse("open_call", args=[call.pk]))


def test_its_address_stays_once_it_is_public(call):
    facts = {"call": call, "municipalities": [], "by": make_officer(), "now": timezone.now()}
    with pytest.raises(CallError, match="Dit blijft zoals het is: jaar"):
        change_call(facts={"year": 2031}, **facts)


def test_who_can_be_asked_changes_and_the_logbook_names_nobody(call):
    facts = {"call": call, "municipalities": [], "by": make_officer(), "now": timezone.now()}
    change_call(facts={"contact_name": "An Peeters", "contact_email": "an@voorbeeld.example"}, **facts)
    assert Call.objects.get().contact_name == "An Peeters"
    changes = Event.objects.get(verb="changed", changes__has_key="contact_name").changes
    assert changes["contact_name"] == changes["contact_email"] == ["", "aangepast"]


@pytest.mark.parametrize("path", ["/oproepen/x/2026/", "/oproepen/x/" + "9" * 40 + "/", "/oproepen/x/"])
def test_what_is_not_there(client, path):
    assert client.get(path).status_code == 404


def test_more_calls_cost_no_more_queries(client, call):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    few = cost()
    for _ in range(2):
        make_running_call()
    assert cost() == few
