"""Short messages of a House, on the desks of its partners from a day to a day."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from huizen.roles import Role
from partners.actions.resource import forget_news
from partners.dashboard import news_tiles
from partners.models import News
from tests.factories import NOW, TODAY, EditorFactory, MembershipFactory, UserFactory
from tests.giving import NewsFactory

pytestmark = pytest.mark.django_db
LIST, NEW = "/beheer/delen/nieuws/", "/beheer/delen/nieuws/nieuw/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def editor(house):
    user = EditorFactory().user
    MembershipFactory(house=house, user=user, role=Role.PARTNER_EDITOR)
    return user


def test_partners_read_it_on_their_desk_on_its_days_alone(house, els, editor):
    news = NewsFactory(house=house, since=TODAY, until=TODAY)
    NewsFactory(house=house, since=TODAY + DAY)
    NewsFactory(house=house, since=TODAY - 2 * DAY, until=TODAY - DAY)
    NewsFactory()
    assert [tile.title for tile in news_tiles(editor, NOW)] == [news.title]
    assert list(news_tiles(els, NOW)) == []
    assert list(news_tiles(UserFactory(), NOW)) == []


def test_a_coordinator_writes_it_and_partners_read_it_with_what_is_shared(desk, client, house, editor):
    today = timezone.localdate()
    facts = {"title": "Stuurgroep", "text": "Breng je cijfers mee.", "since": today, "until": today + DAY}
    assert desk.post(NEW, facts).url == LIST
    news = News.objects.get()
    assert news.house == house
    desk.post(reverse("news_edit", args=[news.pk]), facts | {"title": "Overleg"})
    assert "Overleg" in desk.get(LIST).content.decode()
    client.force_login(editor)
    assert "Breng je cijfers mee." in client.get("/beheer/delen/").content.decode()
    assert "Overleg" in client.get("/beheer/").content.decode()


def test_an_end_before_its_begin_keeps_what_was_typed(desk):
    facts = {"title": "Stuurgroep", "text": "x", "since": TODAY, "until": TODAY - DAY}
    answer = desk.post(NEW, facts)
    assert answer.status_code == 422
    assert "De laatste dag ligt voor de eerste." in answer.content.decode()
    assert 'value="Stuurgroep"' in answer.content.decode()
    assert not News.objects.exists()


def test_nobody_else_writes_it(client, house, editor):
    news = NewsFactory(house=house)
    page = reverse("news_edit", args=[news.pk])
    client.force_login(editor)
    assert [client.get(path).status_code for path in (LIST, NEW, page)] == [403, 403, 403]
    client.force_login(MembershipFactory().user)
    assert client.get(page).status_code == 404


def test_it_is_erased_two_years_later(house):
    NewsFactory(until=TODAY)
    assert forget_news(before=NOW, now=NOW) == 0
    assert forget_news(before=NOW + DAY, now=NOW) == 1
