"""`/activiteiten/<slug>/`: everything that a family asks before it leaves home."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from huizen.roles import Role
from tests.factories import (
    ActivityFactory,
    ActivityTranslationFactory,
    HouseFactory,
    LocationFactory,
    MembershipFactory,
    OrganisationFactory,
    ScheduleFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


def tomorrow(days=1):
    return timezone.now() + dt.timedelta(days=days)


def html(client, activity):
    response = client.get(f"/activiteiten/{activity.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_what_a_family_asks(client):
    activity = ActivityFactory(
        house=HouseFactory(phone="014 00 00 00", email="huis@voorbeeld.example"),
        location=LocationFactory(
            name="De Speelvogel", street="Werft 1", postcode="2440", town="Geel", buggy="yes"
        ),
        organiser=OrganisationFactory(name="Partner Pluim"),
        description="We zingen.\n\nEn dansen.",
        welcome="Fatima",
        bring="sokken",
        siblings="yes",
        childcare=True,
        languages=["nl", "tr"],
        dutch="none",
        age_min=0,
        age_max=18,
    )
    SessionFactory(activity=activity, original_start=tomorrow())
    page = html(client, activity)
    told = (
        "0 tot 18 maanden",
        "Morgen",
        "Werft 1, 2440 Geel",
        "Gratis",
        "Je hoeft je niet in te schrijven",
        "<p>En dansen.</p>",
        "Fatima",
        "sokken",
        "Ja, er is opvang",
        "Nederlands, Turks",
        "Je hoeft geen Nederlands te kennen",
        "Partner Pluim",
        "tel:014000000",
        "Met een buggy",
        "Weten we niet",
        "Meld het ons.",
        "<svg",
    )
    assert [words for words in told if words not in page] == []


def test_plain_words_stand_beside_the_text_and_make_way_for_her_own_language(client):
    activity = ActivityFactory(plain="Je zingt. Je kind danst.", description="We zingen.")
    ActivityTranslationFactory(activity=activity, title="Chanter")
    assert "In gewone woorden" in html(client, activity)
    assert "Je kind danst." in html(client, activity)
    in_french = client.get(f"/activiteiten/{activity.slug}/?taal=fr").content.decode()
    assert "Je kind danst." not in in_french
    assert "In gewone woorden" not in html(client, ActivityFactory(slug="zonder"))


def test_all_moments_are_there_the_first_six_at_once(client):
    activity = ActivityFactory()
    for number in range(1, 9):
        SessionFactory(activity=activity, original_start=tomorrow(number))
    response = client.get(f"/activiteiten/{activity.slug}/")
    assert (len(response.context["first_moments"]), len(response.context["more_moments"])) == (6, 2)
    assert "2 latere momenten" in response.content.decode()


def test_a_cancelled_moment_is_struck_through_with_its_reason_and_is_not_the_next(client):
    activity = ActivityFactory()
    SessionFactory(
        activity=activity, original_start=tomorrow(), status="cancelled", cancel_reason="Els is ziek."
    )
    follows = SessionFactory(activity=activity, original_start=tomorrow(8))
    response = client.get(f"/activiteiten/{activity.slug}/")
    assert "<del>" in response.content.decode()
    assert "Els is ziek." in response.content.decode()
    assert response.context["next"] == follows


@pytest.mark.parametrize(
    ("capacity", "taken", "words", "door"),
    [
        (3, 1, "Nog 2 plaatsen", "plaats-houden"),
        (3, 3, "Zet je op de wachtlijst", "inschrijven"),
        (None, 4, "Schrijf je in", "inschrijven"),
    ],
)
def test_places_left_are_told(client, capacity, taken, words, door):
    activity = ActivityFactory(registration_mode="required", channels=["online"])
    session = SessionFactory(
        activity=activity, original_start=tomorrow(), capacity=capacity, confirmed_count=taken
    )
    page = html(client, activity)
    assert words in page
    assert f"/momenten/{session.pk}/{door}/" in page


def test_sign_up_by_phone_or_mail_falls_back_on_the_house(client):
    house = HouseFactory(phone="014 11 11 11", email="huis@voorbeeld.example")
    activity = ActivityFactory(
        house=house, registration_mode="required", channels=["phone", "email"], phone="014 22 22 22"
    )
    page = html(client, activity)
    assert "Bel 014\N{NO-BREAK SPACE}22\N{NO-BREAK SPACE}22\N{NO-BREAK SPACE}22" in page
    assert "Mail huis@voorbeeld.example" in page


def test_a_service_says_how_to_come(client):
    schedule = ScheduleFactory(kind="in_opening_hours", dates=[], starts_at=None, ends_at=None)
    assert "Tijdens de openingsuren" in html(client, schedule.activity)


def test_the_rule_is_told_in_words(client):
    schedule = ScheduleFactory(
        kind="nth_weekday",
        dates=[],
        weekdays=[0],
        nths=[1, 3],
        starts_on=dt.date(2026, 1, 1),
        skip_school_holidays=True,
    )
    assert "Elke 1e en 3e maandag van 9 tot 12 uur, niet in schoolvakanties." in html(
        client, schedule.activity
    )


def test_a_page_that_nobody_looked_at_for_half_a_year_warns(client):
    today = timezone.localdate()
    assert "Bel even voor je vertrekt" in html(
        client, ActivityFactory(checked_on=today - dt.timedelta(days=200))
    )
    assert "Bel even voor je vertrekt" in html(client, ActivityFactory(checked_on=None))
    assert "Bel even voor je vertrekt" not in html(client, ActivityFactory(checked_on=today))


@pytest.mark.parametrize("status", ["archived", "expired"])
def test_what_is_over_says_so_and_shows_the_way_on(client, status):
    activity = ActivityFactory(status=status)
    response = client.get(f"/activiteiten/{activity.slug}/")
    assert response.status_code == 410
    assert "Deze activiteit bestaat niet meer" in response.content.decode()


@pytest.mark.parametrize("status", ["draft", "proposed", "to_check"])
def test_what_is_not_online_is_not_there_for_outsiders(client, status):
    activity = ActivityFactory(status=status)
    assert client.get(f"/activiteiten/{activity.slug}/").status_code == 404


def test_offer_of_a_hidden_house_is_not_there(client):
    activity = ActivityFactory(house=HouseFactory(is_published=False), status="archived")
    assert client.get(f"/activiteiten/{activity.slug}/").status_code == 404


def test_who_may_edit_sees_a_draft_with_a_note(client):
    activity = ActivityFactory(status="draft")
    client.force_login(MembershipFactory(house=activity.house).user)
    page = html(client, activity)
    assert "Deze pagina staat niet online" in page
    assert f"/beheer/activiteiten/{activity.pk}/" in page


def test_a_coordinator_of_another_house_sees_no_draft(client):
    client.force_login(MembershipFactory(role=Role.COORDINATOR).user)
    activity = ActivityFactory(status="draft")
    assert client.get(f"/activiteiten/{activity.slug}/").status_code == 404


def test_the_partner_shows_its_own_logo(client, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    organisation = OrganisationFactory()
    organisation.logo.save("logo.png", ContentFile(b"x"))
    assert "logos/logo" in html(client, ActivityFactory(organiser=organisation))


def test_an_activity_takes_four_queries_however_many_moments_and_none_until_something_changes(
    client, django_assert_num_queries
):
    activity = ActivityFactory(location=LocationFactory(), organiser=OrganisationFactory())
    for number in (1, 3):
        for day in range(number):
            SessionFactory(
                activity=activity, original_start=tomorrow(number * 10 + day), location=LocationFactory()
            )
        # One of these asks what changed; outside a transaction that is at most once a second.
        for asked in (5, 1):
            with django_assert_num_queries(asked):
                client.get(f"/activiteiten/{activity.slug}/")


def test_the_page_only_reads_and_an_unknown_one_is_not_there(client):
    assert client.post(f"/activiteiten/{ActivityFactory().slug}/").status_code == 405
    assert client.get("/activiteiten/bestaat-niet/").status_code == 404
