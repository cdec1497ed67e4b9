"""Which organisations are partners of a House, from when, as what, until when."""

import datetime as dt

import pytest

from huizen.models import Event
from partners.actions.editor import invite_editor
from partners.actions.organisation import change_organisation, free_slug, remove_contact, save_contact
from partners.actions.partnership import (
    PartnershipError,
    add_new_partner,
    add_partner,
    change_partnership,
    end_partnership,
)
from partners.forms.organisation import kbo_digits
from partners.models import Contact, Editor, EditorInvitation, Organisation, Partnership
from tests.factories import (
    NOW,
    TODAY,
    ContactFactory,
    EditorFactory,
    HouseFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def add(house, organisation, els, since=TODAY, role="partner"):
    return add_partner(house=house, organisation=organisation, role=role, since=since, by=els, now=NOW)


def test_an_organisation_becomes_a_partner_once(house, els):
    organisation = OrganisationFactory()
    add(house, organisation, els)
    with pytest.raises(PartnershipError, match="al partner"):
        add(house, organisation, els)
    assert Partnership.objects.count() == 1
    assert Event.objects.get().changes == {"role": ["", "partner"]}


def test_a_partner_that_left_can_come_back(house, els):
    organisation = OrganisationFactory()
    former = add(house, organisation, els, since=TODAY - dt.timedelta(days=30))
    end_partnership(partnership=former, until=TODAY - dt.timedelta(days=1), by=els, now=NOW)
    add(house, organisation, els)
    assert Partnership.objects.filter(until=None).count() == 1


def test_a_new_organisation_gets_an_address_of_its_own(house, els):
    OrganisationFactory(slug="caw-de-kempen")
    facts = {"name": "CAW De Kempen", "life_domains": ["housing"]}
    partnership = add_new_partner(house=house, facts=facts, role="core", since=TODAY, by=els, now=NOW)
    assert (partnership.organisation.slug, partnership.role) == ("caw-de-kempen-2", "core")


def test_a_name_without_letters_still_gets_an_address():
    assert free_slug("???") == "partner"


def test_another_role_stands_in_the_logbook(house, els):
    partnership = PartnershipFactory(house=house)
    change_partnership(partnership=partnership, role="steering", since=TODAY, by=els, now=NOW)
    assert Event.objects.get().changes == {
        "role": ["partner", "steering"],
        "since": ["2020-01-01", TODAY.isoformat()],
    }


def test_the_same_role_again_is_no_event(house, els):
    partnership = PartnershipFactory(house=house)
    change_partnership(partnership=partnership, role="partner", since=partnership.since, by=els, now=NOW)
    assert not Event.objects.exists()


@pytest.mark.parametrize("until", [dt.date(2019, 12, 31), dt.date(1999, 1, 1)])
def test_a_partnership_does_not_end_before_it_begins(house, els, until):
    partnership = PartnershipFactory(house=house)
    with pytest.raises(PartnershipError, match="voor de eerste"):
        end_partnership(partnership=partnership, until=until, by=els, now=NOW)


def test_a_partnership_ends_once(house, els):
    partnership = PartnershipFactory(house=house)
    end_partnership(partnership=partnership, until=TODAY, by=els, now=NOW)
    with pytest.raises(PartnershipError, match="al beëindigd"):
        end_partnership(partnership=partnership, until=TODAY, by=els, now=NOW)


def test_a_partner_that_leaves_takes_its_editors_along(house, els):
    partnership = PartnershipFactory(house=house)
    editor = EditorFactory(organisation=partnership.organisation)
    role = MembershipFactory(user=editor.user, house=house, role="partner_editor")
    invite_editor(
        organisation=partnership.organisation, house=house, email="an@voorbeeld.example", by=els, now=NOW
    )
    end_partnership(partnership=partnership, until=TODAY, by=els, now=NOW)
    role.refresh_from_db()
    editor.refresh_from_db()
    assert (role.ended_at, editor.ended_at) == (NOW, NOW)
    assert not EditorInvitation.objects.open(now=NOW).exists()


def test_an_editor_of_another_house_stays(house, els):
    partnership = PartnershipFactory(house=house)
    elsewhere = PartnershipFactory(organisation=partnership.organisation)
    editor = EditorFactory(organisation=partnership.organisation)
    here = MembershipFactory(user=editor.user, house=house, role="partner_editor")
    there = MembershipFactory(user=editor.user, house=elsewhere.house, role="partner_editor")
    end_partnership(partnership=partnership, until=TODAY, by=els, now=NOW)
    for row in (editor, here, there):
        row.refresh_from_db()
    assert (editor.ended_at, here.ended_at, there.ended_at) == (None, NOW, None)


def test_a_changed_fact_stands_in_the_logbook_with_what_it_was(els):
    organisation = OrganisationFactory(phone="014 11 11 11")
    facts = {"phone": "014 22 22 22", "email": ""}
    change_organisation(organisation=organisation, facts=facts, by=els, now=NOW)
    assert Event.objects.get().changes == {"phone": ["014 11 11 11", "014 22 22 22"]}


def test_contacts_come_and_go_without_a_name_in_the_logbook(els):
    contact = ContactFactory.build(organisation=OrganisationFactory(), name="Bob Peeters")
    save_contact(contact=contact, by=els, now=NOW)
    save_contact(contact=contact, by=els, now=NOW)
    remove_contact(contact=contact, by=els, now=NOW)
    assert [event.verb for event in Event.objects.order_by("pk")] == ["added", "changed", "removed"]
    assert "Peeters" not in str(list(Event.objects.values()))
    assert not Contact.objects.exists()


def test_a_coordinator_edits_the_present_partners_of_her_houses(house, els):
    mine = PartnershipFactory(house=house).organisation
    PartnershipFactory(house=house, until=TODAY)
    PartnershipFactory()
    assert list(Organisation.objects.editable_by(els)) == [mine]


def test_an_editor_edits_her_own_organisation_only():
    editor = EditorFactory()
    PartnershipFactory(organisation=editor.organisation)
    PartnershipFactory()
    assert list(Organisation.objects.editable_by(editor.user)) == [editor.organisation]
    Editor.objects.update(ended_at=NOW)
    assert list(Organisation.objects.editable_by(editor.user)) == []


@pytest.mark.parametrize("role", ["staff", "partner_editor", "officer"])
def test_others_edit_no_organisation(role):
    house = None if role == "officer" else HouseFactory()
    person = MembershipFactory(role=role, house=house).user
    PartnershipFactory(house=house or HouseFactory())
    assert list(Organisation.objects.editable_by(person)) == []
    assert list(Organisation.objects.editable_by(UserFactory())) == []


@pytest.mark.parametrize("typed", ["0123456749", "0123.456.749", "BE 0123 456 749", "be0123456749"])
def test_a_kbo_number_is_read_however_it_is_typed(typed):
    assert kbo_digits(typed) == "0123456749"


@pytest.mark.parametrize(
    "typed", ["0123456748", "123456749", "2123456749", "CAW", "", "0123456749123", "０１２３４５６７４９"]
)
def test_a_number_that_cannot_be_right_is_none(typed):
    assert kbo_digits(typed) == ""
