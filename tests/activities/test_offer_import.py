"""Offer comes in with a file: each line once, whole or not at all, as drafts, and it can be taken back."""

import datetime as dt

import pytest

from activities.actions.offer import archive_activity, publish_activity
from activities.actions.offer_import import carry_out_offer_imports, start_offer_import
from activities.actions.offer_import_undo import OWN, pointing_to, take_back_offer_import, what_offer_can_go
from activities.actions.offer_several import publish_several
from activities.forms.offer_import import HEAD, example, read_offer
from activities.models import Activity, OfferImport, Schedule, Session
from huizen.actions.sheet_import import ImportStopped
from huizen.spreadsheet import csv_file, xlsx_file
from huizen.uploaded_table import TableError, read_table
from tests.activities.offer_files import WHAT, brought_in, prepared, table
from tests.factories import (
    NOW,
    TODAY,
    ActivityFactory,
    LocationFactory,
    PartnershipFactory,
    RegistrationFactory,
    ScheduleFactory,
    SessionFactory,
)
from tests.tables import outcomes

pytestmark = pytest.mark.django_db
NEXT_WEEK = TODAY + dt.timedelta(days=7)


def test_a_dry_run_says_line_by_line_what_will_happen_and_does_nothing(house, coordinator):
    known = ActivityFactory(house=house, title="Babycafé")
    ScheduleFactory(activity=known, dates=[NEXT_WEEK])
    content = table(
        {},
        {"Titel": "BABYCAFE"},
        {"Titel": "Babycafé", "Wanneer": "elke maandag van 9 tot 12 uur"},
        {"Wanneer": "elke maandag van 9 tot 12 uur"},
        {"Titel": "X", "Vanaf leeftijd": "oud"},
        {"Titel": "X", "Plek": "Nergens"},
        {},
    )
    offer_import = prepared(content, house, coordinator)
    lines = offer_import.lines.order_by("number").values_list("number", "outcome", "column", "reason")
    assert list(lines) == [
        (2, "new", "", ""),
        (3, "same", "", ""),
        (4, "same", "", "Ze bestaat al, met andere dagen. Wijzig die in de activiteit zelf."),
        (5, "days", "", "Staat ook op lijn 2."),
        (6, "fault", "Vanaf leeftijd", "Schrijf de leeftijd zo: zwanger, 6 maanden of 2,5 jaar."),
        (7, "fault", "Plek", "'Nergens' is geen plek van dit Huis. Schrijf de naam zoals hij hier staat."),
        (8, "same", "", "Staat ook op lijn 2."),
    ]
    assert Activity.objects.get() == known


def test_the_second_run_of_a_file_adds_nothing_and_names_the_same_faults(house, coordinator):
    good = [{"Titel": f"Activiteit {n}", "Dag": "2099-05-01", "Van": "9", "Tot": "12"} for n in range(46)]
    bad = [{"Titel": None}, {"Titel": "A", "Soort": "zwaardvechten"}, {"Titel": "B", "Prijs": "veel"}]
    first = brought_in(table(*good, *bad, good[0]), house, coordinator).lines.totals()
    assert (first["new"], first["fault"], first["same"], first["applied"]) == (46, 3, 1, 47)
    second = brought_in(table(*good, *bad, good[0]), house, coordinator).lines.totals()
    assert (second["new"], second["fault"], second["same"]) == (0, 3, 47)
    assert (Activity.objects.count(), Schedule.objects.count()) == (46, 46)


def test_the_whole_line_is_kept_and_is_not_online(house, coordinator):
    organiser = PartnershipFactory(house=house, organisation__kbo_number="0123456749").organisation
    place = LocationFactory(house=house, name="De Krul")
    brought_in(
        table(
            {
                "Organisator": "0123.456.749",
                "Plek": "de krul",
                "Vanaf leeftijd": "6 maanden",
                "Tot en met leeftijd": "30",
                "Prijs": "3,50",
                "Inschrijven": "ja",
                "Telefoon": "014 00 00 00",
                "Aantal plaatsen": "12",
                "Wanneer": "elke 1e maandag van 9 tot 12 uur; 4/6/2099 van 14 tot 16 uur",
                "Talen": "Nederlands, tr",
            }
        ),
        house,
        coordinator,
    )
    activity = Activity.objects.get()
    assert (activity.status, activity.organiser, activity.location) == ("draft", organiser, place)
    assert (activity.age_min, activity.age_max, activity.price_cents) == (6, 30, 350)
    assert (activity.registration_mode, activity.channels, activity.capacity) == ("required", ["phone"], 12)
    assert (activity.languages, activity.element) == (["nl", "tr"], "encounter")
    assert list(activity.schedules.order_by("pk").values_list("kind", flat=True)) == ["nth_weekday", "once"]
    assert activity.sessions.count() > 10


def test_lines_with_the_same_title_give_one_activity_its_days(house, coordinator):
    days = [{"Dag": f"{n}/6/2099", "Van": "9", "Tot": "12"} for n in (1, 2, 3)]
    offer_import = brought_in(table(*days), house, coordinator)
    assert outcomes(offer_import) == [(2, "new"), (3, "days"), (4, "days")]
    assert Activity.objects.get().schedules.count() == 3


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ({"Titel": "=1+1"}, "Titel", "formule"),
        ({"Titel": "x" * 101}, "Titel", "100"),
        ({"Soort": None}, "Soort", "ontbreekt"),
        ({"In één zin": None}, "In één zin", "in één zin"),
        ({"Vanaf leeftijd": "3 jaar", "Tot en met leeftijd": "1 jaar"}, "Tot en met leeftijd", "jongste"),
        ({"Prijs": "veel"}, "Prijs", "bedrag"),
        ({"Inschrijven": "misschien"}, "Inschrijven", "misschien"),
        ({"Inschrijven": "Schrijf je in"}, "Hoe inschrijven", "hoe je inschrijft"),
        ({"Hoe inschrijven": "met een mail"}, "Hoe inschrijven", "gewoon langs"),
        ({"Telefoon": "bel"}, "Telefoon", "telefoonnummer"),
        ({"E-mail": "x"}, "E-mail", "e-mailadres"),
        ({"Aantal plaatsen": "veel"}, "Aantal plaatsen", "getal"),
        ({"Aantal plaatsen": "0"}, "Aantal plaatsen", "getal"),
        ({"Wanneer": "ooit"}, "Wanneer", "van wanneer tot wanneer"),
        ({"Wanneer": "4/3/2020 van 9 tot 12 uur"}, "Wanneer", "voorbij"),
        ({"Dag": "31/2/2026", "Van": "9", "Tot": "12"}, "Dag", "geen dag"),
        ({"Dag": "31/1/2099"}, "Van", "van wanneer tot wanneer"),
        ({"Van": "9", "Tot": "12"}, "Dag", "op welke dag"),
        ({"Dag": "31/1/2099", "Van": "12", "Tot": "9"}, "Tot", "na het begin"),
        ({"Organisator": "Onbekend"}, "Organisator", "geen partner"),
        ({"Talen": "Klingon"}, "Talen", "Klingon"),
    ],
)
def test_a_fault_names_its_column_and_why(line, column, reason, house, coordinator):
    found = prepared(table(line), house, coordinator).lines.get()
    assert (found.outcome, found.column, reason in found.reason) == ("fault", column, True), found.reason


def test_a_file_without_its_title_is_refused(house):
    with pytest.raises(TableError, match="kolom Titel"):
        read_offer(read_table(b"soort;prijs\r\nx;y\r\n"), house=house, today=TODAY)


@pytest.mark.parametrize("write", [csv_file, lambda head, rows: xlsx_file("x", head, rows)])
def test_the_example_comes_in_as_it_is(write, house, coordinator):
    offer_import = brought_in(write(HEAD, example(TODAY)), house, coordinator)
    assert outcomes(offer_import) == [(2, "new"), (3, "new")]


def test_an_editor_brings_in_proposals_of_her_own_organisation_only(house, partner):
    PartnershipFactory(house=house, organisation__name="Een ander")
    own = partner.organisation.name
    content = table({"Organisator": own}, {"Titel": "B"}, {"Titel": "C", "Organisator": "Een ander"})
    offer_import = brought_in(content, house, partner.user)
    assert [(line.outcome, line.column) for line in offer_import.lines.order_by("number")] == [
        ("new", ""),
        ("fault", "Organisator"),
        ("fault", "Organisator"),
    ]
    activity = Activity.objects.get()
    assert (activity.status, activity.proposals.open().count()) == ("proposed", 1)


def test_who_lost_her_role_brings_nothing_in(house, coordinator):
    offer_import = prepared(table({}), house, coordinator)
    start_offer_import(sheet_import=offer_import, by=coordinator, now=NOW)
    coordinator.memberships.update(ended_at=NOW)
    carry_out_offer_imports(now=NOW)
    assert (offer_import.lines.get().outcome, Activity.objects.count()) == ("fault", 0)


def test_what_others_made_after_the_dry_run_counts(house, coordinator):
    offer_import = prepared(table({}), house, coordinator)
    ActivityFactory(house=house, title=WHAT["Titel"])
    start_offer_import(sheet_import=offer_import, by=coordinator, now=NOW)
    carry_out_offer_imports(now=NOW)
    assert (outcomes(offer_import), Activity.objects.count()) == ([(2, "same")], 1)


def test_what_is_archived_counts_no_more_and_another_house_never(house, coordinator):
    ActivityFactory(house=house, title=WHAT["Titel"], status="archived")
    ActivityFactory(title=WHAT["Titel"])
    assert outcomes(prepared(table({}), house, coordinator)) == [(2, "new")]


def test_an_import_is_taken_back_whole(house, coordinator):
    content = table({"Dag": "2099-05-01", "Van": "9", "Tot": "12"}, {"Titel": "B"})
    offer_import = brought_in(content, house, coordinator)
    undoing = take_back_offer_import(sheet_import=offer_import, by=coordinator, now=NOW)
    assert (len(undoing.gone), undoing.stays) == (2, [])
    assert (Activity.objects.count(), Session.objects.count()) == (0, 0)
    with pytest.raises(ImportStopped):
        take_back_offer_import(sheet_import=offer_import, by=coordinator, now=NOW)
    assert outcomes(brought_in(content, house, coordinator)) == [(2, "new"), (3, "new")]


def test_what_was_online_was_edited_or_has_something_on_it_stays_and_says_why(house, coordinator):
    lines = [{"Titel": title, "Wanneer": "elke maandag van 9 tot 12 uur"} for title in "ABCD"]
    offer_import = brought_in(table(*lines), house, coordinator)
    a, b, c, _ = Activity.objects.order_by("title")
    publish_activity(activity=a, by=coordinator, now=NOW)
    archive_activity(activity=b, by=coordinator, now=NOW + dt.timedelta(hours=1))
    RegistrationFactory(session=c.sessions.first())
    undoing = take_back_offer_import(sheet_import=offer_import, by=coordinator, now=NOW)
    assert [(line.number, reason) for line, reason in undoing.stays] == [
        (2, "ze stond online"),
        (3, "iemand wijzigde ze daarna"),
        (4, "er hangt iets aan (1 × inschrijving)"),
    ]
    assert sorted(Activity.objects.values_list("title", flat=True)) == ["A", "B", "C"]
    assert OfferImport.objects.get().state == "done"


def test_whatever_points_to_an_activity_or_a_moment_keeps_it_from_going():
    names = {field.related_model.__name__ for model in (Activity, Session) for field in pointing_to(model)}
    assert {"Registration", "ReferralItem", "ActivityTranslation", "SavedActivity", "Headcount"} <= names
    assert not names & {model.__name__ for model in OWN}


def test_looking_what_can_go_costs_the_same_for_more_lines(house, coordinator, django_assert_max_num_queries):
    def asked(number):
        lines = [{"Titel": f"{number} {n}"} for n in range(number)]
        offer_import = brought_in(table(*lines), house, coordinator)
        with django_assert_max_num_queries(40) as queries:
            what_offer_can_go(offer_import)
        return len(queries)

    assert asked(1) == asked(3)


def test_several_drafts_go_online_and_one_without_days_holds_up_none(house, coordinator):
    brought_in(table({"Titel": "A"}, {"Titel": "B", "Wanneer": "op afspraak"}), house, coordinator)
    drafts = Activity.objects.order_by("title")
    online, refused = publish_several(activities=drafts, by=coordinator, now=NOW)
    assert ([each.title for each in online], [(each.title, reason) for each, reason in refused]) == (
        ["B"],
        [("A", "Zeg eerst wanneer het is. Dan kan de activiteit online.")],
    )


def test_a_moment_that_exists_already_is_not_made_twice(house, coordinator):
    activity = ActivityFactory(house=house, title=WHAT["Titel"])
    SessionFactory(activity=activity)
    brought_in(table({"Dag": "2099-05-01", "Van": "9", "Tot": "12"}), house, coordinator)
    assert Session.objects.get().activity == activity
