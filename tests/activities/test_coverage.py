"""Coverage: each cell is what a naive count gives, what is empty is said in words, and only of her own House."""

import datetime as dt
import io
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from activities import coverage as c
from activities.coverage_facts import facts_of
from huizen.roles import Role
from huizen.vocabulary import AGE_BANDS, AGE_MAX, AGE_MIN, Element, LifeDomain, PolicyDomain
from tests.factories import (
    NOW,
    ActivityFactory,
    HouseFactory,
    LocationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    ScheduleFactory,
    SessionFactory,
)

PAGE = reverse("coverage")
KEYS = ("", "1", "2", "3")
AGES = st.integers(AGE_MIN, AGE_MAX)
OFFERS = st.lists(
    st.builds(
        lambda domains, partner, ages, place, element: c.Offer(
            tuple(domains), partner, min(ages), max(ages), place, element
        ),
        st.lists(st.sampled_from(LifeDomain.values), max_size=3, unique=True),
        st.sampled_from(KEYS),
        st.tuples(AGES, AGES),
        st.sampled_from(KEYS),
        st.sampled_from(Element.values),
    ),
    max_size=12,
)


def axes_of(offers):
    named = [(key, f"Naam {key}") for key in KEYS if key]
    axes = (
        c.policy_axis(offers),
        c.domain_axis(offers),
        c.age_axis(),
        c.place_axis(named, offers),
        c.element_axis(),
        c.partner_axis(named, offers),
    )
    return {axis.code: axis for axis in axes}


def lies_in(offer, code, key):
    """The naive answer: month by month for ages, one comparison for all else."""
    if code == "leeftijd":
        band = next(band for band in AGE_BANDS if band.code == key)
        return any(offer.age_min <= month <= offer.age_max for month in range(band.low, band.high))
    if code == "beleid" and key:
        return any(domain.value in offer.domains for domain in PolicyDomain(key).life_domains)
    if code in ("beleid", "domein"):
        return key in offer.domains if key else not offer.domains
    return {"plek": offer.place, "partner": offer.partner, "element": offer.element}[code] == key


@settings(deadline=None)
@given(OFFERS)
def test_each_cell_equals_the_naive_count(offers):
    axes = axes_of(offers)
    for rows, columns in product(axes.values(), repeat=2):
        if rows.code == columns.code:
            continue
        for line in c.lines(offers, rows, columns, []):
            mine = [offer for offer in offers if lies_in(offer, rows.code, line.value.key)]
            assert line.total == len(mine)
            assert [cell.number for cell in line.cells] == [
                sum(lies_in(offer, columns.code, value.key) for offer in mine) for value in columns.values
            ]


@settings(deadline=None)
@given(OFFERS)
def test_a_gap_is_said_for_each_row_with_an_empty_cell_and_for_no_other(offers):
    axes = axes_of(offers)
    rows, columns = axes["domein"], axes["leeftijd"]
    table = c.lines(offers, rows, columns, [])
    empty = [line for line in table if line.value.key and any(not cell.number for cell in line.cells)]
    assert len(c.gaps(table, rows, columns, [], where="")) == len(empty)


def test_every_month_of_childhood_lies_in_one_band():
    axis = c.age_axis()
    for month in range(AGE_MIN, AGE_MAX):
        assert len(list(axis.of(c.Offer((), "", month, month, "", "support")))) == 1


def test_places_with_one_name_are_told_apart():
    axis = c.place_axis([("1", "Het Huis"), ("2", "Het Huis")], [])
    assert [value.label for value in axis.values] == ["Het Huis", "Het Huis (2)"]


@pytest.mark.parametrize(
    ("number", "level"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (7, 3), (8, 4), (900, 4)]
)
def test_more_is_darker(number, level):
    assert c.Cell("x", number).level == level


# What counts.
def offer(house, *, days=1, **facts):
    starts = timezone.now() + dt.timedelta(days=days)
    return SessionFactory(activity=ActivityFactory(house=house, **facts), original_start=starts).activity


@pytest.mark.django_db
def test_only_what_is_published_and_still_comes_or_goes_on_counts(house):
    goes_on = ActivityFactory(house=house, title="Op afspraak")
    ScheduleFactory(activity=goes_on, kind="by_appointment", starts_at=None, ends_at=None, dates=[])
    over = ActivityFactory(house=house)
    past = dt.date(2026, 1, 1)
    ScheduleFactory(
        activity=over, kind="in_opening_hours", starts_at=None, ends_at=None, dates=[], ends_on=past
    )
    SessionFactory(activity__house=house)
    SessionFactory(activity__house=house, status="cancelled")
    SessionFactory(activity__house=house, original_start=NOW - dt.timedelta(days=3))
    SessionFactory(activity__house=house, activity__status="draft")
    SessionFactory()
    assert len(facts_of(house, now=NOW).offers) == 2


@pytest.mark.django_db
def test_a_place_out_of_use_is_no_place(house):
    closed = LocationFactory(house=house, name="Oud", is_active=False)
    SessionFactory(activity__house=house, activity__location=closed)
    facts = facts_of(house, now=NOW)
    assert [each.place for each in facts.offers] == [""]
    assert [value.label for value in facts.axes["plek"].values] == ["Zonder vaste plek"]


# The page.
@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.mark.django_db
def test_what_is_empty_is_named_with_who_could_do_it(desk, house):
    place = LocationFactory(house=house, name="Ginderbroek")
    offer(house, life_domains=["parenting"], age_min=0, age_max=143, location=place)
    partner = OrganisationFactory(name="Opvoedingswinkel", life_domains=["parenting"])
    partnership = PartnershipFactory(house=house, organisation=partner)
    page = desk.get(PAGE, {"plek": place.pk})
    words = " ".join(page.content.decode().split())
    assert (
        "Geen aanbod rond ouderschap en opvoeding in Ginderbroek: voor wie zwanger is, voor 12 tot 18 jaar"
        in words
    )
    who = f'<a href="{reverse("partner_detail", args=[partnership.pk])}">Opvoedingswinkel</a>'
    assert words.count(who) == 1
    assert "Geen aanbod rond wonen in Ginderbroek. <span" in words
    assert "Nog geen partner werkt hieraan." in words


@pytest.mark.django_db
def test_two_axes_are_chosen_in_the_address(desk, house):
    offer(house, element="support")
    page = desk.get(PAGE, {"rijen": "element", "kolommen": "partner"})
    assert [line.value.label for line in page.context["table"]] == [
        "Ondersteuning",
        "Ontmoeting",
        "Activiteiten",
    ]
    assert [cell.column for cell in page.context["table"][0].cells] == ["Het Huis zelf"]


@pytest.mark.django_db
def test_offer_and_partners_are_counted_by_policy_domain(desk, house):
    """Two life domains of one policy domain are counted once."""
    offer(house, life_domains=["sport", "culture"], age_min=0, age_max=300)
    PartnershipFactory(house=house, organisation=OrganisationFactory(life_domains=["sport", "leisure"]))
    page = desk.get(PAGE, {"rijen": "beleid"})
    counted = {line.value.label: (line.total, line.partners) for line in page.context["table"]}
    assert counted.pop("Cultuur, jeugd en sport") == (1, 1)
    assert set(counted.values()) == {(0, 0)}
    assert "Geen aanbod in wonen." in page.content.decode()


@pytest.mark.django_db
def test_it_can_be_told_by_all_that_a_house_reports_on(desk):
    assert list(desk.get(PAGE).context["form"].fields["rijen"].choices) == [
        ("beleid", "Beleidsdomein"),
        ("domein", "Levensdomein"),
        ("leeftijd", "Leeftijd"),
        ("plek", "Plek"),
        ("element", "Element"),
        ("partner", "Partner"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", [{"rijen": "leeftijd"}, {"rijen": "x"}, {"kolommen": "\0"}, {"plek": "9" * 40}, {"huis": "é/"}]
)
def test_nonsense_gets_a_sentence_and_no_table(desk, query):
    page = desk.get(PAGE, query)
    assert page.status_code == 422
    assert page.context["form"].errors
    assert desk.get(reverse("coverage_export", args=["csv"]), query).status_code == 302


@pytest.mark.django_db
def test_the_table_leaves_as_a_file(desk, house):
    offer(house, life_domains=["parenting"])
    text = desk.get(reverse("coverage_export", args=["csv"])).content.decode("utf-8-sig")
    assert text.splitlines()[1] == "Ouderschap en opvoeding;1;1;1;1;1;1;1;1;0"
    book = load_workbook(io.BytesIO(desk.get(reverse("coverage_export", args=["xlsx"])).content))
    assert book.active["B2"].value == 1
    assert desk.get("/beheer/dekking/bestand.exe").status_code == 404


@pytest.mark.django_db
def test_the_queries_do_not_grow(desk, house, django_assert_max_num_queries):
    desk.get(PAGE)
    for number in (1, 3):
        for _ in range(number):
            offer(house, location=LocationFactory(house=house), organiser=OrganisationFactory())
            PartnershipFactory(house=house)
        with django_assert_max_num_queries(6):
            desk.get(PAGE)


@pytest.mark.django_db
def test_each_sees_the_house_where_she_publishes(client, house, partner):
    foreign = HouseFactory()
    client.force_login(MembershipFactory(house=house, role=Role.STAFF).user)
    assert client.get(PAGE, {"huis": foreign.slug}).context["house"] == house
    assert client.post(PAGE).status_code == 405
    client.force_login(partner.user)
    assert client.get(PAGE).status_code == 403
