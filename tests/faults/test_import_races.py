"""Two Houses bring in the same partners at the same minute, and Celery delivers twice: each organisation once."""

import pytest

from huizen.models import User
from huizen.uploaded_table import read_table
from partners.actions import partner_import
from partners.actions.import_plan import Known
from partners.actions.partner_import import prepare_import, start_import
from partners.forms.partner_import import read_partners
from partners.models import Organisation, PartnerImport, Partnership
from tests.at_once import at_once, then_together
from tests.factories import NOW, TODAY, MembershipFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
PARTNERS, HOUSES, WORKERS = 40, 2, 4
FILE = "naam\r\n" + "".join(f"Partner {n}\r\n" for n in range(PARTNERS))


def brought_in_at_once(monkeypatch):
    keys = [confirmed(MembershipFactory().user) for _ in range(HOUSES)]
    monkeypatch.setattr(Known, "read", then_together(Known.read, HOUSES))
    at_once([lambda key=key: carried_out(key) for key in keys * (WORKERS // HOUSES)], threads=WORKERS)


def confirmed(by: User) -> int:
    sheet = read_partners(read_table(FILE.encode()), today=TODAY)
    house = by.memberships.get().house
    prepared = prepare_import(house=house, file_name="x.csv", rows=sheet.rows, unread=[], by=by, now=NOW)
    return start_import(sheet_import=prepared, by=by, now=NOW).pk


def carried_out(key: int) -> None:
    while partner_import._carry_out_some(key, now=NOW):
        pass


def test_imports_at_once_make_each_organisation_once(monkeypatch):
    brought_in_at_once(monkeypatch)
    assert (Organisation.objects.count(), Partnership.objects.count()) == (PARTNERS, PARTNERS * HOUSES)
    assert set(PartnerImport.objects.values_list("state", flat=True)) == {PartnerImport.State.DONE}


def test_without_waiting_for_each_other_they_would_not(monkeypatch):
    """The negative control: both look before either has written."""
    monkeypatch.setattr(partner_import, "_wait_for_other_imports", lambda: None)
    brought_in_at_once(monkeypatch)
    assert Organisation.objects.count() > PARTNERS
