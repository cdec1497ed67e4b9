""" "Mijn": the week for a family, and everything it signed up for, saved and follows, on one page."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.actions.series_mail import series_path
from activities.our_week import our_week, our_week_address
from families.actions.family import save_family
from families.models import Family
from tests.factories import (
    NOW,
    ActivityFactory,
    ChildFactory,
    FamilyFactory,
    FollowFactory,
    HouseFactory,
    LocalityFactory,
    LocationFactory,
    MunicipalityFactory,
    RegistrationFactory,
    SavedActivityFactory,
    SeriesFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def mol():
    town = MunicipalityFactory(name="Mol", lat=51.19, lon=5.11)
    LocalityFactory(postcode="2400", name="Mol", municipality=town)
    return town


@pytest.fixture
def family(mol):
    return FamilyFactory(home="2400-mol")


def soon(title, *, town=None, days=1, **facts):
    """An offer with a moment in so many days, seen from NOW."""
    house = HouseFactory()
    location = LocationFactory(house=house, municipality=town or MunicipalityFactory(lat=51.19, lon=5.11))
    activity = ActivityFactory(house=house, location=location, title=title, **facts)
    SessionFactory(activity=activity, original_start=NOW + days * DAY)
    return activity


def titles(family, now=NOW):
    return [
        activity.title
        for activity in our_week(Family.objects.prefetch_related("children").get(pk=family.pk), now=now)
    ]


def test_the_week_is_of_our_place_and_the_soonest_first(family, mol):
    soon("Overmorgen", days=2, town=mol)
    soon("Morgen", town=mol)
    soon("Volgende week", days=8, town=mol)
    soon("Ver weg", town=MunicipalityFactory(lat=50.85, lon=2.9))
    assert titles(family) == ["Morgen", "Overmorgen"]


def test_the_week_fits_one_of_our_children_at_least(family, mol):
    ChildFactory(family=family, birth_month=dt.date(2025, 9, 1))
    ChildFactory(family=family, birth_month=dt.date(2020, 3, 1))
    soon("Baby", town=mol, age_min=0, age_max=12)
    soon("Zes jaar", town=mol, age_min=72, age_max=72)
    soon("Peuter", town=mol, age_min=18, age_max=30)
    soon("Zwanger", town=mol, age_min=-9, age_max=0)
    assert titles(family) == ["Baby", "Zes jaar"]


def test_a_child_that_is_not_born_yet_counts(family, mol):
    ChildFactory(family=family, birth_month=dt.date(2026, 7, 1))
    soon("Zwanger", town=mol, age_min=-9, age_max=0)
    assert titles(family) == ["Zwanger"]


@pytest.mark.parametrize(("languages", "shown"), [(["tr"], []), (["nl", "tr"], ["Vlot"]), ([], ["Vlot"])])
def test_who_speaks_no_dutch_at_home_is_not_sent_to_fluent_dutch(family, mol, languages, shown):
    family.languages = languages
    family.save()
    soon("Vlot", town=mol, dutch="fluent")
    assert titles(family) == shown


def test_who_said_nothing_is_asked_first(client):
    soon("Iets")
    family = FamilyFactory()
    assert titles(family) == []
    client.force_login(family.user)
    page = client.get("/mijn/").content.decode()
    for words in (
        "Wat past bij jullie?",
        "Nog geen inschrijvingen",
        "Nog niets bewaard",
        "Je volgt nog niets",
    ):
        assert words in page


def test_a_person_without_a_family_sees_every_empty_state(client):
    client.force_login(UserFactory())
    answer = client.get("/mijn/")
    assert answer.status_code == 200
    assert "Wat past bij jullie?" in answer.content.decode()


def test_the_way_further_holds_our_wishes(family):
    ChildFactory(family=family, birth_month=dt.date(2025, 9, 1))
    assert our_week_address(family) == "/activiteiten/?plaats=2400-mol&straal=20&geboren=2025-09&wanneer=week"


def test_a_passkey_is_one_tap_away_in_plain_words(client):
    client.force_login(UserFactory())
    page = client.get("/mijn/").content.decode()
    assert "met je vinger, je gezicht of de code van je telefoon" in page
    assert 'href="/aanmelden/veiligheid/"' in page
    assert client.get("/aanmelden/veiligheid/").status_code == 200


def test_the_languages_are_kept_and_shown(client):
    user = UserFactory()
    client.force_login(user)
    client.post(
        "/mijn/gezin/",
        {"home": "", "languages": ["tr", "nl"], "kind-TOTAL_FORMS": 0, "kind-INITIAL_FORMS": 0},
    )
    assert Family.objects.get(user=user).languages == ["tr", "nl"]
    assert "Nederlands, Turks" in client.get("/mijn/").content.decode()
    answer = client.post(
        "/mijn/gezin/", {"languages": ["xx"], "kind-TOTAL_FORMS": 0, "kind-INITIAL_FORMS": 0}
    )
    assert answer.status_code == 422


def test_sign_ups_show_who_comes_and_how_to_change_them(client):
    user = UserFactory(email="ouder@voorbeeld.example")
    client.force_login(user)
    start = timezone.now() + DAY
    RegistrationFactory(
        email=user.email, session__original_start=start, session__activity__title="Van mijn adres"
    )
    family = save_family(by=user, home="", children=[], now=timezone.now())
    RegistrationFactory(
        family=family, session__original_start=start, session__activity__title="Van mijn gezin"
    )
    RegistrationFactory(session__original_start=start, session__activity__title="Van een ander")
    page = client.get("/mijn/").content.decode()
    assert "Van mijn adres" in page
    assert "Van mijn gezin" in page
    assert "Van een ander" not in page
    assert page.count("Wijzig of meld je af") == 2


def weekly(user, weeks, **facts):
    series = SeriesFactory(email=user.email, contact_key=user.email)
    for week in range(weeks):
        start = timezone.now() + DAY + week * dt.timedelta(days=7)
        session = SessionFactory(activity=series.activity, original_start=start)
        RegistrationFactory(email=user.email, series=series, session=session, **facts)
    return series


def test_a_series_is_one_card_with_what_comes_later_and_the_way_to_all(client):
    user = UserFactory(email="ouder@voorbeeld.example")
    client.force_login(user)
    series = weekly(user, 52)
    RegistrationFactory(email=user.email, session__original_start=timezone.now() + 300 * DAY)
    response = client.get("/mijn/")
    assert [(row.series_id, later) for row, _, later, _ in response.context["registrations"]] == [
        (series.pk, 51),
        (None, 0),
    ]
    page = response.content.decode()
    assert "En daarna nog 51 momenten." in page
    assert f'href="{series_path(series)}"' in page
    assert client.get(series_path(series)).status_code == 200


def test_two_series_at_the_same_time_warn_once(client):
    user = UserFactory(email="ouder@voorbeeld.example")
    client.force_login(user)
    weekly(user, 3)
    weekly(user, 3)
    assert len(client.get("/mijn/").context["overlaps"]) == 1


def full(user, mol, number):
    family, _ = Family.objects.get_or_create(
        user=user, defaults={"home": "2400-mol", "last_seen_on": NOW.date()}
    )
    start = timezone.now() + DAY
    for _ in range(number):
        ChildFactory(family=family, birth_month=timezone.localdate().replace(day=1))
        RegistrationFactory(email=user.email, session__original_start=start)
        FollowFactory(email=user.email)
        saved = SessionFactory(original_start=start, activity__location=LocationFactory(municipality=mol))
        SavedActivityFactory(family=family, activity=saved.activity)


def test_the_page_asks_the_same_number_of_questions(client, mol):
    counts = []
    for number in (1, 3):
        user = UserFactory(email=f"ouder{number}@voorbeeld.example")
        full(user, mol, number)
        client.force_login(user)
        client.get("/mijn/")  # the index takes in what is new
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/mijn/").content.decode()
        counts.append(len(asked))
        assert page.count("Haal weg<") == number
    assert counts[0] == counts[1] < 30
