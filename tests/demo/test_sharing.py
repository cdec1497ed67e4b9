"""The demo shows what professionals share, learn and hand over."""

import pytest

from activities.handed_over import text_to_paste
from activities.models import Activity, Referral, ReferralSheet
from demo.network.people import COORDINATOR, EDITOR
from huizen.models import User
from partners.dashboard import news_tiles
from partners.models import Resource
from tests.factories import NOW
from tests.undone import undone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def apart(loaded, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield


def test_professionals_find_something_shared_told_and_to_learn():
    coordinator, editor = (User.objects.get(email=one.email) for one in (COORDINATOR, EDITOR))
    assert Resource.objects.visible_to(coordinator).count() == 3
    assert Resource.objects.visible_to(editor).count() == 3
    assert max(row.versions.count() for row in Resource.objects.all()) == 2
    assert len(list(news_tiles(editor, NOW))) == 1
    assert Activity.objects.for_professionals().count() == 2


def test_two_sheets_were_handed_over_and_counted():
    sheets = ReferralSheet.objects.running(now=NOW)
    assert (sheets.count(), Referral.objects.count()) == (2, 6)
    assert all(text_to_paste(sheet, now=NOW).count("•") == 3 for sheet in sheets)
