"""How completely an offer is told: a figure for each and for a House, and what would raise it most."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from activities.models import Activity, Schedule
from activities.quality import RULES, Told, quality
from activities.quality_figures import figure_of, figures_of, panel_of, with_told
from huizen.models import House, Location
from huizen.models.translation import fingerprint
from huizen.roles import Role
from tests.factories import (
    NOW,
    TODAY,
    ActivityFactory,
    ActivityTranslationFactory,
    EditorFactory,
    LocationFactory,
    MembershipFactory,
    ScheduleFactory,
    SessionFactory,
)

KNOWN = dict.fromkeys(("wheelchair", "buggy", "toilet", "changing_table"), "yes")
BEST = {
    "summary": "Kom samen spelen met je kind.",
    "description": "Je speelt samen met je kind. " * 6,
    "plain": "Kom spelen.",
    "age_min": 0,
    "age_max": 36,
    "welcome": "Els van het Huis",
    "languages": ["nl"],
    "siblings": "yes",
    "checked_on": TODAY,
}


def best(**facts) -> Activity:
    """Everything that families ask, but for what a test takes away; in memory."""
    place = Location(name="Het Huis", street="Markt 1", postcode="2400", town="Mol", **KNOWN)
    usual = {"house": House(phone="014 00 00 00"), "location": place, "offer_type": "play_meet"}
    return Activity(**usual | BEST | facts)


def figure(activity, *, has_moments=True, is_translated=True) -> int:
    return quality(activity, Told(has_moments, is_translated, TODAY)).percent


def first(activity, **told) -> str:
    return (
        quality(activity, Told(**{"has_moments": True, "is_translated": True, "today": TODAY} | told))
        .missing[0]
        .where
    )


# The rule.
def test_who_tells_all_that_families_ask_has_a_hundred():
    assert figure(best()) == 100
    assert quality(best(), Told(True, True, TODAY)).missing == ()


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"checked_on": None}, "check"),
        ({"checked_on": TODAY - dt.timedelta(days=300)}, "check"),
        ({"location": None}, "location"),
        ({"summary": "Spelen."}, "summary"),
        ({"summary": "a" * 161}, "summary"),
        ({"description": ""}, "description"),
        ({"plain": ""}, "plain"),
        ({"age_min": -9, "age_max": 300}, "age_min"),
        ({"channels": ["email"]}, "phone"),
        ({"welcome": ""}, "welcome"),
        ({"languages": []}, "languages"),
        ({"siblings": "unknown"}, "siblings"),
        ({"location": Location(street="Markt 1", wheelchair="yes")}, "place"),
        (
            {"description": "De implementatie van participatieve opvoedingsondersteuning " * 6},
            "description",
        ),
    ],
)
def test_what_is_not_told_lowers_the_figure_and_says_where(facts, where):
    assert figure(best(**facts)) < 100
    assert first(best(**facts)) == where


@pytest.mark.parametrize(("told", "where"), [("has_moments", "when"), ("is_translated", "translation")])
def test_moments_and_a_translation_count(told, where):
    assert first(best(), **{told: False}) == where


@pytest.mark.parametrize(
    "facts",
    [
        {"offer_type": "family_event", "age_min": -9, "age_max": 300},
        {"location": Location(kind="online")},
        {"channels": ["phone"]},
    ],
)
def test_what_does_not_apply_is_not_asked(facts):
    assert figure(best(**facts)) == 100


def test_half_of_the_facts_of_a_place_count_for_half():
    half = Location(street="Markt 1", wheelchair="yes", buggy="no")
    (missing,) = quality(best(location=half), Told(True, True, TODAY)).missing
    whole = next(rule.weight for rule in RULES if rule.where == "place")
    assert missing.points == round(100 * whole / 2 / sum(rule.weight for rule in RULES))


@given(gone=st.sets(st.sampled_from(sorted(BEST))))
def test_telling_more_never_lowers_the_figure(gone):
    less = best(**{name: Activity._meta.get_field(name).get_default() for name in gone})
    for name in gone:
        more = best(**{each: Activity._meta.get_field(each).get_default() for each in gone - {name}})
        assert figure(more) >= figure(less)
    assert 0 <= figure(less) <= 100


def test_what_raises_it_most_stands_first():
    found = quality(best(checked_on=None, plain="", siblings="unknown"), Told(True, True, TODAY))
    assert [each.where for each in found.missing] == ["check", "plain", "siblings"]


# In the database.
def complete(house, **facts) -> Activity:
    place = LocationFactory(house=house, street="Markt 1", **KNOWN)
    facts = {**BEST, "checked_on": timezone.localdate(), **facts}
    activity = ActivityFactory(house=house, location=place, **facts)
    ScheduleFactory(activity=activity)
    marks = {name: fingerprint(getattr(activity, name)) for name in ("title", "summary")}
    ActivityTranslationFactory(activity=activity, summary="Viens jouer.", sources=marks)
    return activity


def stored(activity, now=None) -> int:
    rows = with_told(Activity.objects.filter(pk=activity.pk), now=now or timezone.now())
    return figure_of(rows.get(), today=timezone.localdate()).percent


@pytest.mark.django_db
def test_rules_moments_and_a_translation_that_holds_are_found(house):
    activity = complete(house)
    assert stored(activity) == 100
    Schedule.objects.all().delete()
    assert stored(activity) < 100
    SessionFactory(activity=activity, original_start=NOW)
    assert stored(activity, now=NOW) == 100
    Activity.objects.update(summary="Kom samen zingen met je kind.")
    assert stored(activity, now=NOW) < 100


@pytest.mark.django_db
@pytest.mark.parametrize("offers", [1, 3])
def test_figures_take_the_same_queries_for_one_and_three(house, offers, django_assert_num_queries):
    for _ in range(offers):
        complete(house)
    with django_assert_num_queries(2):
        assert len(figures_of(Activity.objects.all(), now=NOW)) == offers


# Where it is shown.
@pytest.mark.django_db
def test_the_editor_says_what_would_raise_it_with_the_way_there(client, signed_in, house):
    activity = complete(house, checked_on=None, plain="")
    page = client.get(reverse("offer_edit", args=[activity.pk])).content.decode()
    assert "Kijk na of alles nog klopt." in page
    assert f"{reverse('offer_edit', args=[activity.pk])}#id_plain" in page


@pytest.mark.django_db
def test_a_partner_is_not_sent_to_a_page_that_is_closed_to_her(client, house):
    editor = EditorFactory()
    MembershipFactory(user=editor.user, house=house, role=Role.PARTNER_EDITOR)
    activity = complete(house, organiser=editor.organisation)
    Location.objects.update(toilet="unknown")
    client.force_login(editor.user)
    page = client.get(reverse("offer_edit", args=[activity.pk])).content.decode()
    assert "Vul in hoe toegankelijk de plek is. Vraag het aan het Huis." in page


@pytest.mark.django_db
def test_the_list_is_sorted_and_sifted_by_the_figure(client, signed_in, house):
    good, poor, fair = complete(house), ActivityFactory(house=house), complete(house, plain="")

    def listed(asked):
        return [activity for activity, _ in client.get(reverse("offer_list"), asked).context["lines"]]

    assert listed({"volgorde": "volledig"}) == [poor, fair, good]
    assert listed({"volgorde": "-volledig"}) == [good, fair, poor]
    assert listed({"kwaliteit": "laag"}) == [poor]
    assert set(listed({})) == set(listed({"kwaliteit": "\x00"})) == {good, poor, fair}


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [{}, {"volgorde": "volledig"}, {"kwaliteit": "laag"}])
def test_the_list_takes_the_same_queries_for_one_and_three(
    client, signed_in, house, asked, django_assert_max_num_queries
):
    for _ in range(2):
        complete(house)
        with django_assert_max_num_queries(9):
            client.get(reverse("offer_list"), asked)


@pytest.mark.django_db
def test_a_house_reads_its_mean_and_the_five_weakest(client, signed_in, house):
    complete(house, title="Heel volledig")
    for number in range(5):
        ActivityFactory(house=house, title=f"Mager {number}")
    ActivityFactory(house=house, status="draft")
    (panel,) = panel_of(house, NOW)
    assert [line.label for line in panel.lines] == [f"Mager {number}" for number in range(5)]
    assert "5 activiteiten staan onder 70 %" in panel.text
    assert "Mager 0" in client.get(f"/beheer/huis/{house.slug}/").content.decode()


@pytest.mark.django_db
def test_a_house_without_offer_has_no_figure(client, signed_in, house):
    assert list(panel_of(house, NOW)) == []
    assert "Hoe volledig" not in client.get(f"/beheer/huis/{house.slug}/").content.decode()
