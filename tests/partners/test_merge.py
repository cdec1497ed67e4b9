"""Two organisations become one without losing a thing, and for thirty days two again."""

import datetime as dt

import pytest
from django.apps import apps
from django.urls import reverse

from huizen.models import Event
from partners.actions.forget import forget_merged
from partners.actions.merge import MergeError, may_merge, merge_organisations, undo_merge, what_moves
from partners.actions.organisation import free_slug
from partners.belongings import all_belongings
from partners.look_alikes import doubles
from partners.models import Agreement, Contact, Editor, Organisation, OrganisationMerge, Partnership
from tests.factories import (
    NOW,
    ActivityFactory,
    ContactFactory,
    EditorFactory,
    HouseFactory,
    MeetingInvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep(house):
    return PartnershipFactory(house=house, organisation__name="CAW De Kempen", role="core").organisation


@pytest.fixture
def gone(house):
    return PartnershipFactory(
        house=house,
        organisation__name="C.A.W. Kempen",
        organisation__slug="caw-kempen",
        organisation__kbo_number="0123456749",
        organisation__phone="014 00 00 00",
        organisation__life_domains=["housing"],
        since=dt.date(2018, 1, 1),
    ).organisation


def merged(keep, gone, els):
    return merge_organisations(keep=keep, gone=gone, by=els, now=NOW)


def everything():
    """All rows that a merge may touch, to compare before and after."""
    models = [Organisation, *{belonging.model for belonging in all_belongings()}, Agreement]
    models.remove(OrganisationMerge)
    return {model._meta.label: sorted(model.objects.values_list(), key=str) for model in models}


def test_nothing_that_points_to_an_organisation_is_left_out():
    pointing = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is Organisation
    }
    assert {(belonging.model, belonging.field) for belonging in all_belongings()} == pointing


def test_nothing_that_points_to_a_partnership_is_left_out():
    pointing = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is Partnership
    }
    assert pointing == {"partners.Agreement", "partners.ImportLine"}


def test_all_that_belongs_to_the_one_belongs_to_the_other(keep, gone, els, house):
    activity = ActivityFactory(organiser=gone, house=house)
    contact = ContactFactory(organisation=gone)
    invitation = MeetingInvitationFactory(organisation=gone)
    editor = EditorFactory(organisation=gone)
    elsewhere = PartnershipFactory(organisation=gone)
    merged(keep, gone, els)
    for row in (activity, contact, invitation, editor, elsewhere):
        row.refresh_from_db()
    assert {activity.organiser, contact.organisation, invitation.organisation, editor.organisation} == {keep}
    assert elsewhere.organisation == keep
    assert list(Organisation.objects.all()) == [keep]
    assert Event.objects.about(keep).get().reason == "C.A.W. Kempen hoort er nu bij"


def test_what_the_other_had_not_is_filled_in_and_what_it_had_stays(keep, gone, els):
    Organisation.objects.filter(pk=keep.pk).update(phone="014 11 11 11")
    merged(keep, gone, els)
    keep.refresh_from_db()
    assert (keep.phone, keep.kbo_number, keep.life_domains) == ("014 11 11 11", "0123456749", ["housing"])


def test_where_both_were_partner_one_partnership_stands_for_the_whole_time(keep, gone, els, house):
    kept = keep.partnerships.get()
    agreement = Agreement.objects.create(partnership=gone.partnerships.get(), title="Akkoord", added_at=NOW)
    merged(keep, gone, els)
    partnership = Partnership.objects.get()
    assert (partnership, partnership.role, partnership.since) == (kept, "core", dt.date(2018, 1, 1))
    agreement.refresh_from_db()
    assert agreement.partnership == kept


@pytest.mark.parametrize(
    ("own", "others", "after"),
    [
        # keep, gone → what the House then has, by first year
        ([(2010, 2012), (2020, None)], [(2011, 2021)], [(2010, None)]),
        ([(2010, 2012)], [(2011, None)], [(2010, None)]),
        ([(2010, 2012)], [(2014, None)], [(2010, 2012), (2014, None)]),
        ([(2015, None)], [(2010, 2011), (2012, 2016)], [(2010, 2011), (2012, None)]),
    ],
)
def test_spans_join_only_where_they_overlap_and_part_again(els, house, own, others, after):
    keep, gone = OrganisationFactory(), OrganisationFactory()

    def add(organisation, spans):
        for since, until in spans:
            PartnershipFactory(
                house=house,
                organisation=organisation,
                since=dt.date(since, 1, 1),
                until=until and dt.date(until, 1, 1),
            )

    def spans():
        rows = Partnership.objects.order_by("since")
        return [(row.since.year, row.until and row.until.year) for row in rows]

    add(keep, own)
    add(gone, others)
    before = everything()
    officer = MembershipFactory(house=None, role="officer").user
    merge = merge_organisations(keep=keep, gone=gone, by=officer, now=NOW)
    assert spans() == after
    undo_merge(merge=merge, by=officer, now=NOW)
    assert everything() == before


def test_who_edited_both_edits_the_one_that_stays_once(keep, gone, els):
    editor = EditorFactory(organisation=keep)
    EditorFactory(organisation=gone, user=editor.user)
    merged(keep, gone, els)
    assert Editor.objects.get() == editor


def test_undone_all_is_as_it_was(keep, gone, els, house):
    ActivityFactory(organiser=gone, house=house)
    ActivityFactory(organiser=keep, house=house)
    ContactFactory(organisation=gone)
    EditorFactory(organisation=gone, user=EditorFactory(organisation=keep).user)
    Editor.objects.update(created_at=NOW)
    PartnershipFactory(organisation=gone)
    Agreement.objects.create(partnership=gone.partnerships.get(house=house), title="Akkoord", added_at=NOW)
    before = everything()
    merge = merged(keep, gone, els)
    assert everything() != before
    undo_merge(merge=merge, by=els, now=NOW)
    assert everything() == before
    with pytest.raises(MergeError):
        undo_merge(merge=merge, by=els, now=NOW)


def test_what_came_since_stays_with_the_one_that_stayed(keep, gone, els):
    merge = merged(keep, gone, els)
    contact = ContactFactory(organisation=keep)
    Organisation.objects.filter(pk=keep.pk).update(phone="014 99 99 99")
    undo_merge(merge=merge, by=els, now=NOW)
    contact.refresh_from_db()
    keep.refresh_from_db()
    gone.refresh_from_db()
    assert contact.organisation == keep
    assert (keep.phone, keep.kbo_number) == ("014 99 99 99", "")
    assert (gone.phone, gone.kbo_number) == ("014 00 00 00", "0123456749")


def test_what_stands_in_the_way_is_said_and_nothing_is_half_done(keep, gone, els):
    merge = merged(keep, gone, els)
    Organisation.objects.filter(pk=keep.pk).update(kbo_number="")
    OrganisationFactory(kbo_number="0123456749")
    before = everything()
    with pytest.raises(MergeError, match="te veel veranderd"):
        undo_merge(merge=merge, by=els, now=NOW)
    assert everything() == before


def test_after_thirty_days_it_stays_and_the_old_one_still_leads_there(keep, gone, els, client):
    left = gone.partnerships.get()
    ContactFactory(organisation=gone)
    merge = merged(keep, gone, els)
    forget_merged(before=NOW + dt.timedelta(seconds=1), now=NOW)
    merge.refresh_from_db()
    assert (merge.left, merge.moved, merge.filled) == ([], {}, {})
    with pytest.raises(MergeError):
        undo_merge(merge=merge, by=els, now=NOW)
    client.force_login(els)
    stands = reverse("partner_detail", args=[keep.partnerships.get().pk])
    assert client.get(reverse("partner_detail", args=[left.pk])).url == stands
    edit = client.get(reverse("organisation_edit", args=[gone.pk or merge.gone_key]))
    assert edit.url == reverse("organisation_edit", args=[keep.pk])
    assert free_slug("caw kempen") == "caw-kempen-2"
    assert Contact.objects.get().organisation == keep


def test_two_merges_in_a_row_lead_to_the_last(keep, gone, els, house, client):
    old, left = gone.pk, gone.partnerships.get()
    first = merged(keep, gone, els)
    last = PartnershipFactory(house=house).organisation
    merged(last, keep, els)
    first.refresh_from_db()
    assert OrganisationMerge.objects.instead_of(old) == last.pk
    assert OrganisationMerge.objects.partnership_instead_of(left.pk) == last.partnerships.get().pk
    undo_merge(merge=first, by=els, now=NOW)
    assert set(Organisation.objects.values_list("pk", flat=True)) == {old, last.pk}


def test_a_coordinator_merges_partners_of_one_house_and_the_agency_all(keep, gone, els, house):
    other = OrganisationFactory()
    elsewhere = MembershipFactory(user=els, house=HouseFactory()).house
    PartnershipFactory(house=elsewhere, organisation=other)
    assert (may_merge(els, keep, gone), may_merge(els, keep, other)) == (True, False)
    assert may_merge(MembershipFactory(house=None, role="officer").user, keep, other)
    assert not may_merge(MembershipFactory().user, keep, gone)
    Partnership.objects.filter(organisation=gone).update(until=NOW.date())
    assert not may_merge(els, keep, gone)
    with pytest.raises(MergeError):
        merged(keep, gone, els)
    with pytest.raises(MergeError):
        merged(keep, keep, els)
    assert Organisation.objects.count() == 3


def test_the_preview_says_what_moves_and_changes_nothing(keep, gone, els, house):
    ActivityFactory(organiser=gone, house=house)
    before = everything()
    preview = what_moves(keep=keep, gone=gone)
    assert preview.moves == ["1 activiteit", "1 partnerschap"]
    assert preview.filled == [
        ("levensdomeinen", "Wonen"),
        ("telefoon", "014 00 00 00"),
        ("KBO-nummer", "0123456749"),
    ]
    assert [(chain.stands.organisation, chain.since.year) for chain in preview.chains] == [(keep, 2018)]
    assert everything() == before


def test_pairs_that_look_alike_are_found(keep, gone):
    twin = OrganisationFactory(name="Heel anders", website="https://caw.example")
    Organisation.objects.filter(pk=keep.pk).update(website="https://www.caw.example/x", name="Kempen CAW")
    OrganisationFactory(name="Bibliotheek")
    pairs = doubles(list(Organisation.objects.all()))
    assert [{one.pk, two.pk} for one, two in pairs] == [{keep.pk, twin.pk}]
    assert doubles([]) == []


def test_the_pages_from_the_list_to_undone(keep, gone, els, client):
    Organisation.objects.filter(pk=gone.pk).update(name="CAW Kempen vzw")
    client.force_login(els)
    met = f"{reverse('organisation_merge', args=[keep.pk])}?met={gone.pk}"
    assert met in client.get(reverse("double_list")).content.decode()
    choose = client.get(reverse("organisation_merge", args=[keep.pk])).content.decode()
    assert f"?met={gone.pk}" in choose
    assert "1 partnerschap" in client.get(met).content.decode()
    assert Organisation.objects.count() == 2
    done = client.post(met)
    assert "CAW Kempen vzw hoort nu bij" in client.get(done.url).content.decode()
    assert done.url in client.get(reverse("double_list")).content.decode()
    client.post(reverse("merge_undo", args=[OrganisationMerge.objects.get().pk]))
    assert Organisation.objects.count() == 2
    assert client.get(done.url).status_code == 404


@pytest.mark.parametrize("key", ["x", "", "-1", "9" * 30, "²", "\0"])
def test_a_forged_other_is_not_found(keep, els, client, key):
    client.force_login(els)
    url = reverse("organisation_merge", args=[keep.pk])
    assert client.get(url, {"met": key}).status_code == 404
    assert client.get(url, {"met": str(keep.pk)}).status_code == 404


def test_a_search_finds_only_what_may_be_merged(keep, gone, els, client):
    OrganisationFactory(name="Kempen van elders")
    client.force_login(els)
    answer = client.get(reverse("organisation_merge", args=[keep.pk]), {"q": "kempen"})
    assert list(answer.context["found"]) == [gone]
    assert client.get(reverse("organisation_merge", args=[keep.pk]), {"q": "a\0"}).status_code == 200


def test_who_may_not_merge_finds_nothing(keep, gone, els, client):
    merge = merged(keep, gone, els)
    urls = [
        reverse("organisation_merge", args=[keep.pk]),
        reverse("merge_detail", args=[merge.pk]),
        reverse("merge_undo", args=[merge.pk]),
    ]
    client.force_login(MembershipFactory().user)
    assert {client.post(url).status_code for url in urls} <= {404, 405}
    client.force_login(MembershipFactory(role="staff", house=keep.partnerships.get().house).user)
    assert {client.post(url).status_code for url in urls} <= {403, 405}
    assert Organisation.objects.count() == 1


def test_the_list_costs_the_same_with_one_pair_and_with_three(
    els, house, client, django_assert_max_num_queries
):
    client.force_login(els)

    def visit(name):
        for end in ("vzw", "nv"):
            PartnershipFactory(house=house, organisation__name=f"{name} {end}")
        with django_assert_max_num_queries(12) as queries:
            client.get(reverse("double_list"))
        return len(queries)

    assert visit("Speelotheek") == visit("Bibliotheek") == visit("Sportdienst")
