"""Handing over: a professional makes a sheet, a family opens it, and only a count stays."""

import datetime as dt

import pytest
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from activities.actions.referral import MOST, ReferralError, forget_sheets, make_sheet, revoke_sheet
from activities.models import Referral, ReferralSheet
from huizen.roles import Role
from tests.factories import (
    NOW,
    ActivityFactory,
    EditorFactory,
    HouseFactory,
    MembershipFactory,
    PartnershipFactory,
    UserFactory,
)
from tests.giving import ReferralSheetFactory

pytestmark = pytest.mark.django_db
MAKE = "/beheer/meegeven/"


def make(by, *activities, house, now=NOW):
    return make_sheet(activities=activities, house=house, language="nl", greeting="warm", by=by, now=now)


def counts():
    rows = Referral.objects.values_list("activity", "organisation", "month")
    return list(rows.annotate(times=Count("pk")).order_by("activity", "month"))


def test_a_sheet_works_for_90_days_and_each_offer_counts_once(coordinator, house):
    one, two = ActivityFactory(house=house), ActivityFactory()
    sheet = make(coordinator, two, one, two, house=house)
    assert [item.activity for item in sheet.items.order_by("position")] == [two, one]
    assert sheet.expires_at == NOW + dt.timedelta(days=90)
    assert len(sheet.code) == 20
    make(coordinator, one, house=house)
    make(coordinator, one, house=house, now=NOW + dt.timedelta(days=31))
    march, april = dt.date(2026, 3, 1), dt.date(2026, 4, 1)
    assert counts() == [(one.pk, None, march, 2), (one.pk, None, april, 1), (two.pk, None, march, 1)]


def test_what_a_partner_hands_over_counts_for_the_partner(house):
    editor = EditorFactory()
    MembershipFactory(user=editor.user, house=house, role=Role.PARTNER_EDITOR)
    PartnershipFactory(house=house, organisation=editor.organisation)
    activity = ActivityFactory()
    make(editor.user, activity, house=house)
    assert counts() == [(activity.pk, editor.organisation_id, dt.date(2026, 3, 1), 1)]


def test_a_house_reads_in_its_reach_how_often_it_handed_something_over(client, coordinator, house):
    now = timezone.now()
    for moment in (now, now, now - dt.timedelta(days=366)):
        make(coordinator, ActivityFactory(), house=house, now=moment)
    make(coordinator, ActivityFactory(), house=HouseFactory())
    client.force_login(coordinator)
    assert client.get("/beheer/bereik/").context["handed_over"] == [2, 1]


def test_nothing_too_much_or_what_families_do_not_see_makes_no_sheet(coordinator, house):
    for chosen in ([], [ActivityFactory() for _ in range(MOST + 1)], [ActivityFactory(status="draft")]):
        with pytest.raises(ReferralError):
            make(coordinator, *chosen, house=house)
    assert (ReferralSheet.objects.count(), counts()) == (0, [])


def test_a_sheet_is_forgotten_after_90_days_and_its_count_stays(coordinator, house):
    make(coordinator, ActivityFactory(), house=house)
    assert forget_sheets(before=NOW, now=NOW) == 0
    assert forget_sheets(before=NOW + dt.timedelta(seconds=1), now=NOW) == 2
    assert (ReferralSheet.objects.count(), Referral.objects.count()) == (0, 1)


def test_only_its_maker_withdraws_a_sheet_and_twice_is_once(coordinator, house):
    sheet = make(coordinator, ActivityFactory(), house=house)
    with pytest.raises(ReferralSheet.DoesNotExist):
        revoke_sheet(sheet=sheet, by=UserFactory(), now=NOW)
    assert revoke_sheet(sheet=sheet, by=coordinator, now=NOW).revoked_at == NOW
    later = NOW + dt.timedelta(hours=1)
    assert revoke_sheet(sheet=sheet, by=coordinator, now=later).revoked_at == NOW


def test_choosing_stands_in_the_address_and_finds_the_offer_of_the_whole_network(client, coordinator):
    mine, other = ActivityFactory(title="Babymassage"), ActivityFactory(title="Voorlezen")
    ActivityFactory(title="Massage in ontwerp", status="draft")
    client.force_login(coordinator)
    page = client.get(MAKE, {"q": "babymassage", "kies": [other.pk, "onzin", "9" * 30, "\x00"]})
    html = page.content.decode()
    assert [offered.activity for offered in page.context["offers"]] == [mine]
    assert [row.pk for row, _ in page.context["picked"]] == [other.pk]
    assert f"kies={other.pk}&amp;kies={mine.pk}" in html
    assert "Massage in ontwerp" not in html


@pytest.mark.parametrize(
    "wishes", ["?pagina=9999999", "?plaats=xqz&leeftijd=kip", "?q=%00&leeftijd=baby", "?kies=-1"]
)
def test_nonsense_in_the_address_is_no_fault(client, coordinator, wishes):
    ActivityFactory()
    client.force_login(coordinator)
    assert client.get(MAKE + wishes).status_code == 200


def test_the_search_asks_the_same_number_of_queries_for_one_offer_and_for_three(
    client, coordinator, django_assert_num_queries
):
    ActivityFactory()
    client.force_login(coordinator)
    client.get(MAKE)
    with django_assert_num_queries(7):
        client.get(MAKE)
    ActivityFactory.create_batch(2)
    client.get(MAKE)
    with django_assert_num_queries(7):
        client.get(MAKE)


def test_the_form_makes_a_sheet_and_shows_it_in_three_ways(client, coordinator, house):
    activity = ActivityFactory()
    client.force_login(coordinator)
    fields = {"kies": [activity.pk], "house": house.pk, "language": "tr", "greeting": "polite"}
    answer = client.post(MAKE, fields)
    sheet = ReferralSheet.objects.get()
    assert answer.url == reverse("referral_detail", args=[sheet.pk])
    html = client.get(answer.url).content.decode()
    assert f"/mee/{sheet.code}/" in html
    assert 'class="qr"' in html
    assert "Goedendag. Dit is misschien iets voor u." in html
    assert activity.title in html
    assert activity.title in client.get(reverse("referral_list")).content.decode()


def test_a_fault_keeps_what_was_chosen_and_makes_nothing(client, coordinator, house):
    activity = ActivityFactory()
    client.force_login(coordinator)
    faults = (
        {"language": "xx"},
        {"house": HouseFactory().pk},
        {"kies": [ActivityFactory(status="draft").pk]},
    )
    for fault in faults:
        fields = {"kies": [activity.pk], "house": house.pk, "language": "nl", "greeting": "warm"}
        answer = client.post(MAKE, fields | fault)
        assert answer.status_code == 422
    assert ReferralSheet.objects.count() == 0


def test_who_has_two_houses_says_for_which(client, coordinator, house):
    other = MembershipFactory(user=coordinator).house
    activity = ActivityFactory()
    client.force_login(coordinator)
    assert 'name="house"' in client.get(MAKE, {"kies": activity.pk}).content.decode()
    client.post(MAKE, {"kies": activity.pk, "house": other.pk, "language": "nl", "greeting": "warm"})
    assert ReferralSheet.objects.get().house == other


def test_nobody_opens_the_sheet_of_a_colleague_or_one_that_ended(client, coordinator, house):
    own = ReferralSheetFactory(made_by=coordinator, house=house)
    ended = ReferralSheetFactory(made_by=coordinator, house=house, revoked_at=own.made_at)
    client.force_login(coordinator)
    pages = [
        reverse("referral_detail", args=[row.pk]) for row in (own, ended, ReferralSheetFactory(house=house))
    ]
    assert [client.get(page).status_code for page in pages] == [200, 404, 404]
    assert client.post(reverse("referral_revoke", args=[ReferralSheetFactory().pk])).status_code == 404
    assert client.get(reverse("referral_revoke", args=[own.pk])).status_code == 405
    assert client.post(reverse("referral_revoke", args=[own.pk])).status_code == 302
    assert client.get(reverse("referral_sheet", args=[own.code])).status_code == 410


def test_only_professionals_of_a_house_hand_over(client):
    for user in (UserFactory(), MembershipFactory(house=None, role=Role.ABB_READER).user):
        client.force_login(user)
        assert client.get(MAKE).status_code == 403
    client.logout()
    assert client.get(MAKE).status_code == 302


def test_the_offer_list_has_the_button_for_what_is_online(client, coordinator, house):
    online, draft = ActivityFactory(house=house), ActivityFactory(house=house, status="draft")
    client.force_login(coordinator)
    html = client.get(reverse("offer_list")).content.decode()
    assert [f"?kies={row.pk}" in html for row in (online, draft)] == [True, False]
    assert f"?kies={online.pk}" in client.get(reverse("offer_edit", args=[online.pk])).content.decode()


def test_no_sheet_can_hold_a_name(client, coordinator, house):
    """The only columns that hold words are choices, the code, and who made it."""
    texts = [
        f.name
        for f in ReferralSheet._meta.concrete_fields
        if f.get_internal_type() in ("CharField", "TextField")
    ]
    assert texts == ["code", "language", "greeting"]
    client.force_login(coordinator)
    html = client.get(MAKE, {"kies": ActivityFactory().pk}).content.decode()
    form = html.partition('<form method="post"')[2].partition("</form>")[0]
    assert '<input type="text"' not in form
    assert "<textarea" not in form
