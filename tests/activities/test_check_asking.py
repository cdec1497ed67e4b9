"""Once a month everybody is asked whether her offer still holds: one mail, nothing twice, and only what still waits."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.actions.check_asking import AskError, ask_monthly, ask_now, first_working_day
from activities.actions.offer import check_activity
from activities.freshness import is_due, next_check, next_check_in_database
from activities.keepers import caller_of, keepers_of, with_keepers
from activities.models import Activity, CheckLetter, CheckQuestion
from activities.tasks import ask_whether_it_holds
from huizen import retention
from huizen.models import Event, Holiday, Message, PlannedMessage
from huizen.outbox.deliver import why_not
from huizen.outbox.prepare import prepare
from huizen.outbox.release import release_due
from huizen.roles import Role
from tests.factories import (
    BRUSSELS,
    TODAY,
    ActivityFactory,
    CheckLetterFactory,
    CheckQuestionFactory,
    ContactFactory,
    EditorFactory,
    HouseFactory,
    MembershipFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db
#: Monday 2 March 2026: the first of that month is a Sunday.
FIRST = dt.datetime(2026, 3, 2, 9, 10, tzinfo=BRUSSELS)
#: Seven months before: due.
LONG_AGO = dt.date(2025, 8, 1)


@pytest.fixture
def house():
    return HouseFactory(name="Huis van het Kind Mol", email="huis@voorbeeld.example", phone="014 00 00 00")


@pytest.fixture
def contact():
    return ContactFactory(name="Bob", email="Bob@Voorbeeld.example", phone="014 11 11 11")


def due(house, contact=None, **facts):
    facts = {"checked_on": LONG_AGO, "keeper": contact} | facts
    return ActivityFactory(
        house=house, organiser=contact.organisation if contact else facts.pop("organiser", None), **facts
    )


def whole(activity) -> Activity:
    return with_keepers(Activity.objects.filter(pk=activity.pk)).get()


# The day.
@pytest.mark.parametrize(
    ("offer_type", "facts", "day"),
    [
        ("play_meet", {}, dt.date(2026, 9, 4)),
        ("consultation_clinic", {}, dt.date(2026, 6, 4)),
        ("consultation_clinic", {"sooner_types": []}, dt.date(2026, 9, 4)),
        ("play_meet", {"sooner_types": ["play_meet"], "sooner_months": 1}, dt.date(2026, 4, 4)),
        ("consultation_clinic", {"check_every_months": 2}, dt.date(2026, 5, 4)),
    ],
)
def test_the_next_day_follows_from_the_last_and_the_rule_of_the_house(offer_type, facts, day):
    house = HouseFactory(**facts)
    activity = ActivityFactory(house=house, offer_type=offer_type, checked_on=TODAY)
    assert next_check(TODAY, offer_type, house) == day
    rows = Activity.objects.annotate(next_check=next_check_in_database())
    assert rows.get(pk=activity.pk).next_check == day
    assert [rows.filter(is_due(by)).exists() for by in (day - dt.timedelta(days=1), day)] == [False, True]
    assert next_check(None, offer_type, house) is None


def test_a_house_cannot_look_more_often_than_every_month():
    with pytest.raises(ValidationError, match="Kies van 1 tot 36 maanden"):
        HouseFactory.build(sooner_months=0).validate_constraints()


@pytest.mark.parametrize(("day", "works"), [((2026, 3, 1), 2), ((2026, 5, 1), 4), ((2026, 6, 1), 1)])
def test_mails_leave_on_a_working_day(day, works):
    Holiday.objects.create(
        kind="public", name="Dag van de Arbeid", starts_on="2026-05-01", ends_on="2026-05-01"
    )
    assert first_working_day(dt.date(*day)) == dt.date(*day[:2], works)


# Who answers.
def test_the_chosen_contact_answers_else_an_editor_else_a_contact_else_the_house(house, contact):
    coordinator = MembershipFactory(house=house).user
    MembershipFactory(house=house, role=Role.STAFF)
    MembershipFactory(house=house, ended_at=FIRST)
    activity = due(house, contact)
    assert [one.email for one in keepers_of(whole(activity))] == ["bob@voorbeeld.example"]
    Activity.objects.update(keeper=None)
    assert [one.name for one in keepers_of(whole(activity))] == ["Bob"]
    editor = EditorFactory(organisation=contact.organisation)
    EditorFactory(organisation=contact.organisation, user__is_active=False)
    assert [one.email for one in keepers_of(whole(activity))] == [editor.user.email]
    Activity.objects.update(organiser=None)
    assert [(one.email, one.phone) for one in keepers_of(whole(activity))] == [
        (coordinator.email, "014 00 00 00")
    ]


def test_who_has_a_telephone_alone_is_called_and_somebody_else_is_mailed(house):
    contact = ContactFactory(email="", phone="014 22 22 22")
    editor = EditorFactory(organisation=contact.organisation)
    activity = whole(due(house, contact))
    assert [one.email for one in keepers_of(activity)] == [editor.user.email]
    assert caller_of(activity).phone == "014 22 22 22"


@pytest.mark.parametrize("offers", [1, 3])
def test_who_answers_takes_the_same_queries_for_one_and_three(house, offers, django_assert_num_queries):
    for _ in range(offers):
        due(house, ContactFactory())
    with django_assert_num_queries(4):
        assert all(keepers_of(each) for each in with_keepers(Activity.objects.all()))


# The month.
def test_everybody_gets_one_mail_with_all_that_is_due_each_with_its_own_link(house, contact):
    first, second = due(house, contact, title="Zingen"), due(house, contact, checked_on=None, title="Spelen")
    due(HouseFactory(), contact, title="Elders")
    due(house, contact, checked_on=dt.date(2025, 10, 3))
    assert ask_monthly(now=FIRST) == 1
    release_due(now=FIRST)
    mail = Message.objects.get()
    assert (mail.recipient, mail.category, mail.house) == ("bob@voorbeeld.example", "check", None)
    assert [item["title"] for item in mail.context["items"]] == ["Spelen", "Zingen", "Elders"]
    assert len({item["link"] for item in mail.context["items"]}) == 3
    prepare(now=FIRST)
    mail.refresh_from_db()
    assert mail.title == "Klopt dit nog? Spelen en 2 meer"
    assert {question.activity for question in CheckQuestion.objects.all()} >= {first, second}


def test_the_mail_leaves_in_the_name_of_the_house(house, contact):
    due(house, contact)
    ask_monthly(now=FIRST)
    release_due(now=FIRST)
    assert Message.objects.get().house == house


@pytest.mark.parametrize(
    "facts",
    [
        {"checked_on": dt.date(2025, 10, 3)},
        {"status": "draft"},
        {"status": "archived"},
        {"house__asks_monthly": False},
        {"house__is_published": False},
    ],
)
def test_nothing_is_asked_that_need_not_be(contact, facts):
    ActivityFactory(**{"checked_on": LONG_AGO, "keeper": contact} | facts)
    assert ask_monthly(now=FIRST) == 0


@pytest.mark.parametrize(("days", "asked"), [(-1, 0), (0, 1), (7, 1), (8, 0), (20, 0)])
def test_it_is_the_first_working_day_or_a_week_after_an_outage(house, contact, days, asked):
    due(house, contact)
    assert ask_monthly(now=FIRST + dt.timedelta(days=days)) == asked


@given(
    ages=st.lists(st.integers(0, 800), min_size=1, max_size=6),
    people=st.integers(1, 3),
    runs=st.lists(st.integers(0, 7), min_size=1, max_size=4),
)
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_planning_a_month_as_often_as_you_like_asks_nothing_twice(ages, people, runs):
    house = HouseFactory()
    contacts = [ContactFactory() for _ in range(people)]
    for number, age in enumerate(ages):
        due(house, contacts[number % people], checked_on=FIRST.date() - dt.timedelta(days=age))
    mine = [contact.email for contact in contacts]
    ask_monthly(now=FIRST)
    once = sorted(CheckQuestion.objects.filter(letter__email__in=mine).values_list("pk", flat=True))
    planned = PlannedMessage.objects.filter(recipient__in=mine).count()
    for days in runs:
        assert ask_monthly(now=FIRST + dt.timedelta(days=days)) == 0
    questions = CheckQuestion.objects.filter(letter__email__in=mine)
    assert sorted(questions.values_list("pk", flat=True)) == once
    assert PlannedMessage.objects.filter(recipient__in=mine).count() == planned
    assert questions.values("activity", "letter__email").distinct().count() == len(once)


def test_what_nobody_answered_rests_until_somebody_calls(house, contact):
    due(house, contact)
    april, june = (dt.datetime(2026, month, 1, 9, 10, tzinfo=BRUSSELS) for month in (4, 6))
    assert [ask_monthly(now=moment) for moment in (FIRST, april, june)] == [1, 0, 1]


def test_who_looks_every_month_is_asked_every_month(contact):
    house = HouseFactory(check_every_months=1)
    activity = due(house, contact, checked_on=dt.date(2026, 2, 2))
    assert ask_monthly(now=FIRST) == 1
    CheckQuestion.objects.update(answer="holds", answered_at=FIRST)
    check_activity(activity=activity, by=None, now=FIRST)
    assert ask_monthly(now=dt.datetime(2026, 4, 1, 9, 10, tzinfo=BRUSSELS)) == 1


def test_the_task_says_how_many_were_asked():
    assert ask_whether_it_holds() == 0


# Sending.
def test_what_was_looked_at_meanwhile_is_dropped_and_nothing_left_is_no_mail(house, contact):
    one, other = due(house, contact, title="Zingen"), due(house, contact, title="Spelen")
    ask_monthly(now=FIRST)
    check_activity(activity=one, by=None, now=FIRST)
    release_due(now=FIRST)
    mail = Message.objects.get()
    assert [item["title"] for item in mail.context["items"]] == ["Spelen"]
    check_activity(activity=other, by=None, now=FIRST)
    assert why_not(mail, now=FIRST) == "alles is intussen nagekeken"
    release_due(now=FIRST + dt.timedelta(days=15))
    assert PlannedMessage.objects.get(kind="check_reminder").state == "cancelled"


def test_who_no_longer_answers_for_it_gets_no_mail(house, contact):
    activity = due(house, contact)
    ask_monthly(now=FIRST)
    Activity.objects.filter(pk=activity.pk).update(keeper=ContactFactory())
    release_due(now=FIRST)
    assert Message.objects.count() == 0


def test_two_weeks_later_there_is_one_reminder(house, contact):
    due(house, contact, title="Zingen")
    ask_monthly(now=FIRST)
    for days in (0, 13, 14, 15, 40):
        release_due(now=FIRST + dt.timedelta(days=days))
    assert list(Message.objects.order_by("created_at").values_list("template", flat=True)) == [
        "check_question",
        "check_reminder",
    ]
    prepare(now=FIRST + dt.timedelta(days=14))
    assert Message.objects.get(template="check_reminder").title == "Nog even nakijken: Zingen"


def test_nothing_leaves_at_night(house, contact):
    due(house, contact)
    night = FIRST.replace(hour=22)
    ask_monthly(now=night)
    release_due(now=night)
    assert Message.objects.get().not_before.astimezone(BRUSSELS).hour == 8


# At once.
def test_a_house_asks_at_once_besides_the_month(house, contact):
    activity, by = due(house, contact), MembershipFactory(house=house).user
    ask_monthly(now=FIRST)
    with pytest.raises(AskError, match="minder dan twee weken geleden"):
        ask_now(activity=activity, by=by, now=FIRST + dt.timedelta(days=13))
    assert ask_now(activity=activity, by=by, now=FIRST + dt.timedelta(days=14)) == ["Bob"]
    assert CheckLetter.objects.filter(is_monthly=False, asked_by=by).count() == 1
    assert Event.objects.get().verb == "asked_check"
    assert ask_monthly(now=dt.datetime(2026, 4, 1, 9, 10, tzinfo=BRUSSELS)) == 0


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"status": "draft"}, "staat niet online"),
        ({"checked_on": FIRST.date()}, "vandaag al na"),
        ({"keeper": None}, "Jij antwoordt hier zelf voor"),
    ],
)
def test_what_need_not_be_asked_says_why(house, contact, facts, sentence):
    activity = ActivityFactory(**{"house": house, "keeper": contact} | facts)
    by = MembershipFactory(house=house).user
    with pytest.raises(AskError, match=sentence):
        ask_now(activity=activity, by=by, now=FIRST)
    assert CheckLetter.objects.count() == 0


def test_where_nobody_has_an_address_somebody_calls(house):
    activity = ActivityFactory(house=house, organiser=OrganisationFactory())
    with pytest.raises(AskError, match="Bel even"):
        ask_now(activity=activity, by=MembershipFactory().user, now=FIRST)


# Forgetting.
def test_who_was_asked_is_forgotten_after_a_year():
    CheckQuestionFactory()
    CheckLetterFactory(asked_on=TODAY + dt.timedelta(days=300))
    retention.apply_retention(now=FIRST + dt.timedelta(days=370))
    assert (CheckLetter.objects.count(), CheckQuestion.objects.count()) == (1, 0)
