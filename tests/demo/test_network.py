"""The demo network as a whole: how much there is, that it holds together, and that nothing looks real."""

import datetime as dt
import itertools
import re
from collections import Counter

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import override_settings

from activities.actions.check_mail import waiting_questions
from activities.actions.invariants import check_invariants
from activities.asked import asked_of
from activities.dashboard import links_to_mend, offers_to_call_about
from activities.models import (
    Activity,
    ActivityTemplate,
    FamilyCalendar,
    Feedback,
    Follow,
    Proposal,
    Registration,
    SavedActivity,
    Schedule,
    Series,
    Session,
    SpotWatch,
)
from activities.our_week import our_week
from activities.overlap import overlaps_among
from activities.own_sign_ups import sign_ups_of
from demo.network.load import DemoError, empty, is_loaded, load
from demo.network.new_house import NAME as NEW_HOUSE
from demo.network.people import DEMO_PEOPLE, NEW_COORDINATOR
from families.models import Family
from huizen.house_start import progress, with_parts
from huizen.models import House, Location, Message, Municipality, PlannedMessage, User, WorkingArea
from huizen.vocabulary import LifeDomain, OfferType
from partners.meeting_presence import presence
from partners.models import (
    ActionPoint,
    AgendaProposal,
    DatePoll,
    Meeting,
    MeetingGroup,
    MeetingSeries,
    Minutes,
    Organisation,
)
from projects.models import Project
from tests.factories import BRUSSELS, NOW

#: Every test finds the network as it was loaded.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
TODAY = NOW.date()
BALDEMORE = "Huis van het Kind Baldemore"


def test_the_network_of_2019_stands(loaded):
    served = WorkingArea.objects.on(TODAY).select_related("municipality__merged_into")
    assert House.objects.published().count() == 222
    assert len({area.house_id for area in served}) == 222
    assert len({area.municipality.present.pk for area in served}) == 294
    assert len(loaded.without) == 10


def test_every_project_has_its_house():
    houses = dict(
        Project.objects.exclude(call__programme__slug="voorbeeld").values_list("slug", "house__name")
    )
    assert len(houses) == 24
    assert houses["antwerpen-noord"] == houses["antwerpen-deurne"] == "Huis van het Kind Antwerpen"
    assert houses["baldemore"] == BALDEMORE
    assert houses["tongeren"] == "Huis van het Kind Tongeren-Borgloon"


def test_a_house_that_ended_is_kept_out_of_sight():
    old = House.objects.exclude(name=NEW_HOUSE).get(is_published=False)
    assert old.name == "Huis van het Kind Meulebeke, Pittem, Wingene, Ruiselede"
    assert list(old.working_areas.on(TODAY)) == []
    assert old.working_areas.on(dt.date(2020, 1, 1)).count() == 4


def test_antwerpen_has_seventeen_places():
    assert Location.objects.filter(house__name="Huis van het Kind Antwerpen").count() == 17


def test_every_kind_of_offer_is_there():
    assert set(Activity.objects.published().values_list("offer_type", flat=True)) == set(OfferType)
    assert Activity.objects.count() >= 600


def test_every_way_to_plan_pay_and_sign_up_is_there():
    found = [
        set(Activity.objects.values_list(field, flat=True)) for field in ("price_kind", "registration_mode")
    ]
    assert found == [set(Activity.Price), set(Activity.RegistrationMode)]
    assert set(Schedule.objects.values_list("kind", flat=True)) == set(Schedule.Kind)


def test_partners_work_on_every_part_of_life():
    found = {domain for organisation in Organisation.objects.all() for domain in organisation.life_domains}
    assert found == set(LifeDomain)
    assert House.objects.get(name=BALDEMORE).partnerships.on(TODAY).count() >= 27


def test_baldemore_has_something_every_day_this_week():
    sessions = Session.objects.scheduled().filter(
        activity__house__name=BALDEMORE, starts_at__gt=NOW, starts_at__lt=NOW + dt.timedelta(days=7)
    )
    days = {session.starts_at.astimezone(BRUSSELS).weekday() for session in sessions}
    assert days == set(range(7))
    assert Activity.objects.filter(house__name=BALDEMORE).count() >= 25


def next_session(title):
    rows = Session.objects.filter(activity__house__name=BALDEMORE, activity__title=title, starts_at__gt=NOW)
    return rows.filter(activity__capacity__isnull=False).order_by("starts_at").first()


def test_one_offer_is_full_and_one_nearly():
    full, nearly = next_session("Babymassage"), next_session("Opvoeden met humor")
    assert (full.free, full.waiting_count) == (0, 4)
    assert 0 < nearly.free <= 2


def test_counters_equal_rows():
    assert check_invariants(now=NOW) == []
    states = Counter(Registration.objects.values_list("state", flat=True))
    assert set(states) == set(Registration.State)


def test_what_families_do_beside_a_plain_sign_up_is_there():
    series = Series.objects.get()
    assert series.registrations.filter(state="confirmed").count() > 1
    assert SpotWatch.objects.count() > 10
    assert Registration.objects.filter(wants_reduced=True).count() > 3
    assert set(Feedback.objects.values_list("score", flat=True)) == {1, 2, 3}
    question = PlannedMessage.objects.get(category="feedback", due_at__lt=NOW + dt.timedelta(minutes=2))
    assert question.recipient == series.email


def test_a_reminder_is_due_within_minutes():
    soon = NOW + dt.timedelta(minutes=2)
    assert PlannedMessage.objects.filter(state="planned", due_at__gt=NOW, due_at__lte=soon).count() > 0
    assert Meeting.objects.filter(series=None, house__isnull=False, starts_at__gt=NOW).count() == 3


def test_what_was_made_of_meetings_is_there():
    assert sorted(Minutes.objects.values_list("state", flat=True)) == ["approved", "circulated"]
    agreed = ActionPoint.objects.filter(projects=None)
    assert Counter(agreed.values_list("state", flat=True)) == {"open": 3, "done": 1}
    assert AgendaProposal.objects.waiting().count() == 1
    assert Message.objects.filter(template="meeting_minutes").count() == 4


def test_groups_series_a_question_for_a_date_and_the_network_are_there():
    assert MeetingGroup.objects.get().members.count() == 7
    assert MeetingSeries.objects.get().meetings.count() > 6
    poll = DatePoll.objects.get()
    assert poll.voters.exclude(answered_at=None).count() == 3
    assert Meeting.objects.get(house=None).invitations.count() > 2
    house = Meeting.objects.filter(ends_at__lt=NOW).first().house
    verdicts = {party.verdict for party in presence(house=house, year=2026, now=NOW).parties}
    assert verdicts >= {"", "never"}


def test_a_house_that_begins_says_what_it_lacks_and_its_coordinator_has_another_too():
    house = with_parts(House.objects.filter(name=NEW_HOUSE), now=NOW).get()
    there, missing = [], []
    for each in progress(house):
        there += each.there
        missing += each.missing
    assert "minstens één plek" in there
    assert "uren bij elke plek" in missing
    assert "het Huis is zichtbaar voor ouders" in missing
    assert User.objects.get(email=NEW_COORDINATOR.email).has_several_houses


def test_one_person_of_each_role_can_sign_in():
    people = User.objects.filter(email__in=[person.email for person in DEMO_PEOPLE])
    assert people.count() == len(DEMO_PEOPLE)
    assert all(person.emailaddress_set.get().verified for person in people)
    assert {role for person in people for role in person.roles} == {p.role for p in DEMO_PEOPLE if p.role}


def texts(field_type):
    """Everything that stands in fields of one type, or in fields of that name."""
    for model in apps.get_models():
        if model._meta.app_label in {"huizen", "partners", "families", "activities", "projects"}:
            for field in model._meta.concrete_fields:
                if isinstance(field, field_type) or field.name == field_type:
                    yield from model.objects.exclude(**{field.name: ""}).values_list(field.name, flat=True)


def test_no_address_and_no_number_looks_real():
    assert [mail for mail in texts(models.EmailField) if not mail.endswith(".example")] == []


def test_no_number_can_be_called():
    phones = [
        phone
        for model in (
            House,
            Location,
            Organisation,
            Activity,
            Registration,
            apps.get_model("partners.Contact"),
        )
        for phone in model.objects.exclude(phone="").values_list("phone", flat=True)
    ]
    assert len(phones) > 500
    assert [phone for phone in phones if not re.fullmatch(r"0[04]00 00 00 \d\d", phone)] == []


def test_no_street_exists():
    streets = set(Location.objects.exclude(street="").values_list("street", flat=True))
    assert [street for street in streets if not re.fullmatch(r"Voorbeeldstraat \d+", street)] == []


def test_everything_says_that_it_is_an_example():
    for model in (House, Organisation, Activity):
        assert model.objects.filter(is_demo=False).count() == 0


def print_of_the_day():
    titles = list(Activity.objects.order_by("slug").values_list("slug", "title", "house__slug"))
    moments = list(
        Session.objects.order_by("activity__slug", "starts_at").values_list("activity__slug", "starts_at")
    )
    # The key of a standing sign-up's moment follows from the number of that moment, which the database gives.
    alone = Registration.objects.filter(series=None)
    people = list(alone.order_by("pk").values_list("pk", "name", "state"))
    people += list(Registration.objects.exclude(series=None).order_by("name").values_list("name", "state"))
    return titles, moments, people


def test_the_same_day_gives_the_same_network():
    before = print_of_the_day()
    empty()
    load(now=NOW)
    assert print_of_the_day() == before


def test_a_second_load_changes_nothing(capsys):
    before = print_of_the_day()
    call_command("load_demo")
    assert capsys.readouterr().out == "Het voorbeeldnetwerk staat er al. Met --reset begin je opnieuw.\n"
    assert print_of_the_day() == before


def test_a_larger_network_keeps_every_promise():
    small = Activity.objects.count()
    empty()
    load(now=NOW, scale=2)
    assert Activity.objects.count() > 1.9 * small
    assert check_invariants(now=NOW) == []


def test_emptying_keeps_the_places():
    empty()
    assert (is_loaded(), Municipality.objects.count()) == (False, 346)


def test_without_places_nothing_is_loaded():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE huizen_municipality CASCADE")
    with pytest.raises(DemoError, match="Laad eerst de plaatsen"):
        load(now=NOW)


@override_settings(EMBEDDED=False)
def test_a_real_portal_takes_no_demo():
    with pytest.raises(CommandError, match="alleen in de ingebouwde opstelling"):
        call_command("load_demo", reset=True)


@pytest.mark.parametrize("scale", [0, 101])
def test_the_scale_has_bounds(scale):
    with pytest.raises(CommandError, match="schaal van 1 tot 100"):
        call_command("load_demo", scale=scale)


def test_the_waiting_list_stands_in_the_order_of_its_times(loaded):
    waiting = Registration.objects.filter(state="waiting").order_by("session", "waiting_number")
    rows = list(waiting.values_list("session", "waiting_number", "created_at"))
    late = [
        (a, b) for a, b in itertools.pairwise(rows) if a[0] == b[0] and a[2] > b[2] + dt.timedelta(hours=2)
    ]
    assert late == []


def test_the_parent_to_sign_in_as_has_something_of_everything(loaded):
    family = Family.objects.get(user__email="ouder@voorbeeld.example")
    assert (family.home, family.children.count()) == ("2400-mol", 2)
    assert SavedActivity.objects.filter(family=family).count() == 4
    assert Follow.objects.current().filter(email="ouder@voorbeeld.example").count() == 2
    assert FamilyCalendar.objects.filter(family=family).exists()
    assert Message.objects.get(template="digest").recipient == "ouder@voorbeeld.example"
    sign_ups = sign_ups_of(family.user).current().select_related("session__activity")
    assert len(overlaps_among(list(sign_ups.prefetch_related("participants")))) >= 1
    assert our_week(Family.objects.prefetch_related("children").get(pk=family.pk), now=NOW) != []


def test_a_proposal_waits_one_has_a_question_and_new_offer_waits_too():
    changes = Proposal.objects.exclude(facts={})
    assert sorted(changes.values_list("state", flat=True)) == ["asked", "waiting"]
    proposed = Activity.objects.filter(status="proposed").count()
    assert Proposal.objects.filter(facts={}, state="waiting").count() == proposed
    assert ActivityTemplate.objects.count() == 2


def test_offer_is_kept_true_with_somebody_to_call_and_a_link_to_mend():
    coordinator = User.objects.get(email="coordinator@voorbeeld.example")
    lines = asked_of(Activity.objects.filter(house__name=BALDEMORE), today=TODAY).values()
    assert {line.words.split()[0] for line in lines} == {"nog", "gevraagd", "herinnerd", "geen", "antwoord:"}
    assert [tile.count for tile in offers_to_call_about(coordinator, NOW)] == [1]
    assert [tile.count for tile in links_to_mend(coordinator, NOW)] == [1]
    assert len(waiting_questions("partner@voorbeeld.example", today=TODAY)) == 2
