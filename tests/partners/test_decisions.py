"""The register of decisions: what stands in the last minutes, by year, group and words; to print and to keep."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.decisions import decisions, years
from tests.factories import NOW, MeetingFactory, MembershipFactory
from tests.meeting_factories import MeetingGroupFactory
from tests.minutes_factories import MinutesFactory, MinutesRevisionFactory

pytestmark = pytest.mark.django_db


def body(*points):
    items = [
        {"key": number, "title": title, "notes": "", "decisions": taken, "actions": []}
        for number, (title, taken) in enumerate(points, start=1)
    ]
    return {"remarks": "", "attendance": {}, "items": items, "actions": []}


def minuted(house, *points, state="circulated", starts_at=NOW, **facts):
    meeting = MeetingFactory(
        house=house, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=1), **facts
    )
    approved = {"approved_at": NOW} if state == "approved" else {}
    minutes = MinutesFactory(meeting=meeting, state=state, **approved)
    MinutesRevisionFactory(minutes=minutes, number=1, body=body(*points))
    return minutes


def told(house, **facts):
    facts = {"year": NOW.year} | facts
    return [(one.point, one.text) for one in decisions(house=house, **facts)]


def test_each_decision_is_a_line_the_latest_meeting_first(house):
    minuted(house, ("Begroting", ["Goedgekeurd.", "Els koopt stoelen."]), ("Rondvraag", []))
    minuted(house, ("Speelstraat", ["We doen het."]), starts_at=NOW + dt.timedelta(days=2))
    assert told(house) == [
        ("Speelstraat", "We doen het."),
        ("Begroting", "Goedgekeurd."),
        ("Begroting", "Els koopt stoelen."),
    ]


def test_only_what_stands_in_the_last_version_counts(house):
    minutes = minuted(house, ("Begroting", ["Afgekeurd."]))
    MinutesRevisionFactory(minutes=minutes, number=2, body=body(("Begroting", ["Goedgekeurd."])))
    assert told(house) == [("Begroting", "Goedgekeurd.")]


def test_a_year_a_group_and_words_narrow_it(house):
    group = MeetingGroupFactory(house=house)
    minuted(house, ("Begroting", ["Stoelen voor de zaal."]), group=group)
    minuted(house, ("Zomer", ["De zaal blijft open."]))
    minuted(house, ("Vroeger", ["Oud."]), starts_at=NOW - dt.timedelta(days=400))
    assert told(house, group=group) == [("Begroting", "Stoelen voor de zaal.")]
    assert told(house, words="ZAAL open") == [("Zomer", "De zaal blijft open.")]
    assert told(house, words="begroting stoelen") == [("Begroting", "Stoelen voor de zaal.")]
    assert len(told(house, year=(NOW - dt.timedelta(days=400)).year)) == 1
    assert years(house=house) == [NOW.year, NOW.year - 1]


def test_what_is_of_another_house_or_was_called_off_is_not_there(house):
    minuted(MembershipFactory().house, ("Elders", ["Ja."]))
    minuted(house, ("Weg", ["Ja."]), status="cancelled", cancel_reason="Ziek.")
    minuted(None, ("Netwerk", ["Ja."]))
    assert (told(house), told(None)) == ([], [("Netwerk", "Ja.")])


# The page.
URL = "decision_list"


def this_year(house, *points, **facts):
    return minuted(house, *points, starts_at=timezone.now() - dt.timedelta(minutes=1), **facts)


def test_the_page_shows_them_with_how_far_the_minutes_are(desk, house):
    minutes = this_year(house, ("Begroting", ["Goed <b>gekeurd</b>."]), state="approved")
    page = desk.get(reverse(URL)).content.decode()
    assert "Goed &lt;b&gt;gekeurd&lt;/b&gt;." in page
    assert reverse("minutes_detail", args=[minutes.pk]) in page
    assert "goedgekeurd" in page
    assert "Geen beslissing gevonden" in desk.get(reverse(URL), {"q": "qwxz"}).content.decode()


def test_it_leaves_as_a_file_that_runs_nothing(desk, house):
    this_year(house, ("Begroting", ["=1+1", "Ja."]))
    text = desk.get(reverse("decision_csv"), {"q": "1+1"}).content.decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[0] == "Datum;Overleg;Groep;Punt;Beslissing;Verslag"
    assert len(lines) == 2
    assert lines[1].split(";")[3:] == ["Begroting", "'=1+1", "rondgestuurd"]
    assert desk.get(reverse("decision_xlsx")).content[:2] == b"PK"


@pytest.mark.parametrize(
    "asked",
    [
        {"jaar": "x"},
        {"jaar": "99999999999999999999"},
        {"groep": "x"},
        {"groep": "9" * 30},
        {"q": "x\0"},
        {"q": "x" * 900},
        {"huis": "nergens"},
    ],
)
def test_nonsense_narrows_nothing(desk, house, asked):
    this_year(house, ("Begroting", ["Ja."]))
    for name in (URL, "decision_csv"):
        assert desk.get(reverse(name), asked).status_code == 200


def test_only_who_plans_meetings_reads_it(client, house):
    assert client.get(reverse(URL)).url.startswith(reverse("account_login"))
    client.force_login(MembershipFactory(role="partner_editor", house=house).user)
    assert {client.get(reverse(name)).status_code for name in (URL, "decision_csv", "decision_xlsx")} == {403}
    assert client.post(reverse(URL)).status_code in {403, 405}


def test_the_agency_reads_those_of_the_network_alone(client, house):
    this_year(house, ("Begroting", ["Van het Huis."]))
    this_year(None, ("Netwerk", ["Van ons allen."]))
    client.force_login(MembershipFactory(role="officer", house=None).user)
    page = client.get(reverse(URL)).content.decode()
    assert ("Van ons allen." in page, "Van het Huis." in page) == (True, False)


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same(desk, house, many, django_assert_num_queries):
    for _ in range(many):
        this_year(house, ("Begroting", ["Ja.", "Nee."]), group=MeetingGroupFactory(house=house))
    with django_assert_num_queries(6):
        desk.get(reverse(URL))
