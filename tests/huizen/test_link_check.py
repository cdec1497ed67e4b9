"""Links on pages: each visited once a week, broken after two bad days, and shown to who can mend them."""

import datetime as dt
import threading
import time

import pytest
from django.utils import timezone

from activities.dashboard import links_to_mend
from activities.web_links import addresses_in
from huizen import web_links
from huizen.actions.link_check import ALL_SILENT, check_links
from huizen.models import LinkCheck
from huizen.models.link_check import hash_of
from huizen.roles import Role
from huizen.tasks import check_links as task
from huizen.web_visit import Visit
from tests.factories import (
    TODAY,
    ActivityFactory,
    EditorFactory,
    HouseFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
)

pytestmark = pytest.mark.django_db
URL = "https://voorbeeld.example/"
GONE, FINE = Visit(404, "De pagina bestaat niet meer."), Visit(200)


def day(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def visited(*found: tuple[int, Visit], url=URL) -> LinkCheck:
    """What is known after visits on these days."""
    for number, visit in found:
        check_links([url], today=day(number), visitor=lambda _, visit=visit: visit)
    return LinkCheck.objects.get()


def test_two_bad_days_make_a_broken_link():
    check = visited((0, GONE))
    assert (check.failed_days, check.failing_since, LinkCheck.objects.broken().exists()) == (1, TODAY, False)
    check = visited((1, GONE))
    assert (check.failed_days, check.failing_since, check.last_status) == (2, TODAY, 404)
    assert list(LinkCheck.objects.broken()) == [check]


def test_two_visits_on_one_day_are_one_bad_day():
    assert visited((0, GONE), (0, GONE)).failed_days == 1


def test_one_bad_day_is_forgiven():
    check = visited((0, GONE), (1, FINE))
    assert (check.failed_days, check.failing_since, check.reason) == (0, None, "")


def test_what_works_is_visited_once_a_week_and_what_failed_again_the_next_day():
    seen = []
    for number in range(9):
        check_links([URL], today=day(number), visitor=lambda url: seen.append(url) or FINE)
    assert len(seen) == 2
    LinkCheck.objects.all().delete()
    seen.clear()
    for number in range(9):
        check_links([URL], today=day(number), visitor=lambda url: seen.append(url) or GONE)
    assert len(seen) == 3


def test_an_address_that_stands_nowhere_any_more_is_forgotten():
    visited((0, GONE))
    check_links([], today=TODAY)
    assert LinkCheck.objects.count() == 0


def test_one_address_on_three_pages_is_visited_once():
    seen = []
    check_links([URL] * 3, today=TODAY, visitor=lambda url: seen.append(url) or FINE)
    assert seen == [URL]


def test_at_most_two_visits_go_to_one_host_at_a_time():
    lock, now, most = threading.Lock(), 0, 0

    def visitor(url):
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.02)  # in which any third visit would come in
        with lock:
            now -= 1
        return FINE

    check_links([f"{URL}{number}" for number in range(12)], today=TODAY, visitor=visitor)
    assert most == 2


def test_when_time_is_up_the_rest_waits_for_tomorrow_the_longest_unvisited_first():
    urls = [f"https://a{number}.example/" for number in range(4)]
    seen = []
    visitor = lambda url: seen.append(url) or FINE  # noqa: E731
    assert check_links(urls, today=TODAY, visitor=visitor, enough=lambda: len(seen) >= 2) <= 3
    check_links(urls, today=day(1), visitor=visitor)
    assert sorted(seen) == urls


def test_a_night_on_which_nothing_answers_says_nothing_of_the_links():
    urls = [f"https://a{number}.example/" for number in range(ALL_SILENT)]
    assert check_links(urls, today=TODAY, visitor=lambda url: Visit(None, "De website antwoordt niet.")) == 0
    assert LinkCheck.objects.count() == 0


# Which links there are, and who mends them.
@pytest.fixture
def house():
    return HouseFactory(slug="mol", name="Huis van het Kind Mol", website="https://mol.example/")


def test_links_stand_with_houses_partners_and_in_texts(house):
    OrganisationFactory(website="https://partner.example/")
    ActivityFactory(house=house, description="Lees meer op https://lezen.example/a?b=1. Of bel.")
    ActivityFactory(house=house, description="https://weg.example/", status="archived")
    HouseFactory(website="https://dicht.example/", is_published=False)
    assert {link.url for link in web_links.all_links()} == {
        "https://mol.example/",
        "https://partner.example/",
        "https://lezen.example/a?b=1",
    }


def test_addresses_are_read_from_a_text():
    text = "Zie (https://a.example/x), http://b.example! en https://a.example/x. ftp://c.example"
    assert addresses_in(text) == ["https://a.example/x", "http://b.example"]


def break_links(*urls):
    today = timezone.localdate()
    LinkCheck.objects.bulk_create(
        LinkCheck(
            url_hash=hash_of(url),
            url=url,
            checked_on=today,
            reason=GONE.reason,
            failing_since=today - dt.timedelta(days=7),
            failed_days=2,
        )
        for url in urls
    )


def test_a_coordinator_sees_the_broken_links_of_her_house_with_the_way_to_mend_them(client, house):
    partner = PartnershipFactory(house=house, organisation__website="https://partner.example/").organisation
    OrganisationFactory(website="https://vreemd.example/")
    break_links("https://mol.example/", "https://partner.example/", "https://vreemd.example/")
    coordinator = MembershipFactory(house=house).user
    client.force_login(coordinator)
    page = client.get("/beheer/nakijken/").content.decode()
    assert "/beheer/huis/mol/gegevens/" in page
    assert f"/beheer/organisaties/{partner.pk}/" in page
    assert "vreemd.example" not in page
    (tile,) = links_to_mend(coordinator, timezone.now())
    assert (tile.title, tile.count) == ("Kapotte links", 2)


def test_an_editor_sees_those_of_her_own_organisation_alone(client, house):
    editor = EditorFactory(organisation__website="https://partner.example/")
    MembershipFactory(user=editor.user, house=house, role=Role.PARTNER_EDITOR)
    break_links("https://mol.example/", "https://partner.example/")
    assert [link.label for link, _ in web_links.broken_for(editor.user)] == [str(editor.organisation)]


def test_the_tile_asks_as_little_with_three_broken_links_as_with_none(house, django_assert_num_queries):
    coordinator = MembershipFactory(house=house).user
    ActivityFactory(house=house, description="Op https://a.example/ en https://b.example/.")
    assert coordinator.roles
    for urls, counted in (
        ((), []),
        (("https://mol.example/", "https://a.example/", "https://b.example/"), [3]),
    ):
        break_links(*urls)
        with django_assert_num_queries(2):
            assert [tile.count for tile in links_to_mend(coordinator, timezone.now())] == counted


def test_the_task_visits_what_stands_on_pages(house):
    house.website = "http://127.0.0.1/"
    house.save()
    assert task() == 1
    assert LinkCheck.objects.get().reason == "Dit adres staat niet op het open internet."
