"""The logbook: who may read it, in which words, and that nobody can change it."""

import re

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from huizen.actions.logbook import record
from huizen.models import Event
from huizen.roles import Role
from huizen.templatetags.logbook import VERBS, differences, verb
from tests.factories import NOW, HouseFactory, MembershipFactory, PartnershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_coordinator_reads_what_happened_in_her_house_only(client):
    coordinator = MembershipFactory()
    record("changed", coordinator.house, by=coordinator.user, now=NOW, house=coordinator.house)
    other = HouseFactory(name="Huis van het Kind Elders")
    record("changed", other, by=None, now=NOW, house=other)
    client.force_login(coordinator.user)
    page = client.get(reverse("logbook")).content.decode()
    assert coordinator.house.name in page
    assert "Wijzigde" in page
    assert "Elders" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_logbook_asks_the_database_as_often_for_one_act_as_for_three(
    client, django_assert_num_queries, rows
):
    coordinator = MembershipFactory()
    for _ in range(rows):
        record("changed", coordinator.house, by=UserFactory(), now=NOW, house=coordinator.house)
    client.force_login(coordinator.user)
    client.get(reverse("logbook"))
    with django_assert_num_queries(5):
        client.get(reverse("logbook"))


@pytest.mark.parametrize("role", [Role.STAFF, Role.PARTNER_EDITOR])
def test_who_does_not_lead_the_house_does_not_read_it(client, role):
    client.force_login(MembershipFactory(role=role).user)
    assert client.get(reverse("logbook")).status_code == 403


def test_a_page_that_does_not_exist_shows_the_last(client):
    client.force_login(MembershipFactory().user)
    assert client.get(reverse("logbook"), {"pagina": "9999999"}).status_code == 200


def test_differences_are_told_in_the_words_of_the_forms():
    partnership = PartnershipFactory()
    event = record(
        "changed",
        partnership,
        by=None,
        now=NOW,
        changes={"role": ["", "core"], "people": [0, 3], "until": [None, "2026-03-04"]},
    )
    assert differences(event) == [
        "rol: leeg → Kernpartner",
        "mensen: 0 → 3",
        "tot en met: leeg → woensdag 4 maart 2026",
    ]


def test_an_act_cannot_be_changed_and_survives_who_did_it():
    actor = UserFactory()
    event = record("changed", HouseFactory(), by=actor, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(verb="removed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(actor=UserFactory())
    actor.delete()
    event.refresh_from_db()
    assert (event.actor, event.verb) == (None, "changed")


def test_every_verb_in_the_code_has_dutch_words():
    used = set()
    for app in ("huizen", "partners", "activities", "families", "projects"):
        for path in (settings.BASE_DIR / app / "actions").glob("*.py"):
            used |= set(re.findall(r'(?:record|_log)\(\s*"(\w+)"', path.read_text()))
    assert used - set(VERBS) == set()


def test_an_unknown_verb_is_shown_as_it_is():
    assert verb("danced_around") == "danced around"
