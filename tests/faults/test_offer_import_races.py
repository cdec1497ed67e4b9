"""The same file comes in twice at the same minute, and Celery delivers twice: each activity once."""

import pytest

from activities.actions import offer_import
from activities.actions.offer_import import start_offer_import
from activities.actions.offer_import_plan import Surroundings
from activities.models import Activity, OfferImport
from tests.activities.offer_files import prepared, table
from tests.at_once import at_once, then_together
from tests.factories import NOW, MembershipFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
LINES, FILES, WORKERS = 30, 2, 4


def brought_in_at_once(monkeypatch):
    member = MembershipFactory()
    content = table(*({"Titel": f"Activiteit {n}"} for n in range(LINES)))
    keys = []
    for _ in range(FILES):
        made = prepared(content, member.house, member.user)
        keys.append(start_offer_import(sheet_import=made, by=member.user, now=NOW).pk)
    monkeypatch.setattr(Surroundings, "read", then_together(Surroundings.read, FILES))
    at_once([lambda key=key: carried_out(key) for key in keys * (WORKERS // FILES)], threads=WORKERS)


def carried_out(key: int) -> None:
    while offer_import._carry_out_some(key, now=NOW):
        pass


def test_the_same_file_twice_at_once_makes_each_activity_once(monkeypatch):
    brought_in_at_once(monkeypatch)
    assert Activity.objects.count() == LINES
    assert set(OfferImport.objects.values_list("state", flat=True)) == {OfferImport.State.DONE}


def test_without_waiting_for_each_other_they_would_not(monkeypatch):
    """The negative control: both look before either has written."""
    monkeypatch.setattr(offer_import, "_wait_for_other_imports", lambda house: None)
    brought_in_at_once(monkeypatch)
    assert Activity.objects.count() > LINES
