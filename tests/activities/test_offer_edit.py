"""The editor of offer: coordinators and staff publish, partners propose, everything leaves a line in the logbook."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import offer
from activities.dashboard import offer_to_look_at
from activities.forms.fields import AgeField, DaysField, EuroField
from activities.models import Activity, Schedule, Session
from huizen.models import Event
from huizen.roles import Role
from tests.factories import (
    NOW,
    ActivityFactory,
    EditorFactory,
    HouseFactory,
    LocationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    RegistrationFactory,
    ScheduleFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ACTS = ["publish", "unpublish", "archive", "check", "copy"]


@pytest.fixture
def house():
    return HouseFactory()


@pytest.fixture
def coordinator(house):
    return MembershipFactory(house=house).user


@pytest.fixture
def partner(house):
    """Somebody who edits one organisation, and may propose its offer in the House."""
    editor = EditorFactory()
    PartnershipFactory(house=house, organisation=editor.organisation)
    MembershipFactory(house=house, user=editor.user, role=Role.PARTNER_EDITOR)
    return editor


def typed(house, **facts):
    """What a browser sends for the smallest activity."""
    return {
        "house": house.pk,
        "title": "Samen zingen",
        "summary": "Kom zingen met je kind.",
        "offer_type": "play_meet",
        "age_min": "zwanger",
        "age_max": "2,5 jaar",
        "dutch": "little",
        "siblings": "unknown",
        "indoor": "on",
        "price_kind": "free",
        "registration_mode": "none",
        "counts": "children",
        "asks_birth_month": "on",
        "closes_hours": "0",
        **facts,
    }


def rules(*forms, **more):
    """What a browser sends for rules; each form is {field: value}."""
    data = {"schedules-TOTAL_FORMS": len(forms), "schedules-INITIAL_FORMS": 0, **more}
    for number, form in enumerate(forms):
        data |= {f"schedules-{number}-{name}": value for name, value in form.items()}
    return data


WEEKLY = {
    "kind": "weekly",
    "starts_on": "2026-03-09",
    "weekdays": ["0"],
    "every_weeks": "1",
    "skip_public_holidays": "on",
    "starts_at": "09:00",
    "ends_at": "12:00",
    "dates": "1/1/2030",
}


# Who may do what.
def editable(user):
    return list(Activity.objects.editable_by(user))


def test_coordinators_and_staff_edit_all_offer_of_their_house_alone(house):
    mine = ActivityFactory(house=house)
    ActivityFactory()
    for role in (Role.COORDINATOR, Role.STAFF):
        assert editable(MembershipFactory(house=house, role=role).user) == [mine]


def test_a_partner_edits_only_the_offer_of_its_own_organisation_in_houses_that_let_it_in(house, partner):
    mine = ActivityFactory(house=house, organiser=partner.organisation)
    ActivityFactory(house=house)
    ActivityFactory(house=house, organiser=OrganisationFactory())
    ActivityFactory(organiser=partner.organisation)
    assert editable(partner.user) == [mine]


def test_a_partner_whose_editorship_or_role_ended_edits_nothing(house):
    for ended in ({"editor": NOW, "role": None}, {"editor": None, "role": NOW}):
        editor = EditorFactory(ended_at=ended["editor"])
        MembershipFactory(house=house, user=editor.user, role=Role.PARTNER_EDITOR, ended_at=ended["role"])
        ActivityFactory(house=house, organiser=editor.organisation)
        assert editable(editor.user) == []


def test_an_editorship_alone_does_not_open_a_house():
    editor = EditorFactory()
    MembershipFactory(user=editor.user, role=Role.STAFF)
    ActivityFactory(organiser=editor.organisation)
    assert editable(editor.user) == []


def test_officers_readers_parents_and_strangers_edit_nothing(house):
    ActivityFactory(house=house)
    officer = MembershipFactory(house=None, role=Role.OFFICER).user
    reader = MembershipFactory(house=None, role=Role.ABB_READER).user
    assert [editable(user) for user in (officer, reader, UserFactory())] == [[], [], []]


def pages_of(activity):
    return [
        reverse("offer_list"),
        reverse("offer_create"),
        reverse("offer_edit", args=[activity.pk]),
        reverse("offer_schedule", args=[activity.pk]),
    ]


def test_the_pages_open_for_who_may(client, coordinator, house):
    client.force_login(coordinator)
    for url in pages_of(ActivityFactory(house=house)):
        assert client.get(url).status_code == 200


def test_the_pages_ask_strangers_to_sign_in(client):
    for url in pages_of(ActivityFactory()):
        assert client.get(url).status_code == 302


def test_the_pages_refuse_other_roles(client):
    client.force_login(MembershipFactory(house=None, role=Role.OFFICER).user)
    activity = ActivityFactory()
    for url in [*pages_of(activity), *(reverse(f"offer_{act}", args=[activity.pk]) for act in ACTS)]:
        assert client.get(url).status_code in (403, 405)
        assert client.post(url).status_code in (403, 405)


def test_the_pages_hide_the_offer_of_other_houses(client, coordinator):
    client.force_login(coordinator)
    activity = ActivityFactory()
    assert client.get(reverse("offer_edit", args=[activity.pk])).status_code == 404
    assert client.post(reverse("offer_schedule", args=[activity.pk])).status_code == 404
    for act in ACTS:
        assert client.post(reverse(f"offer_{act}", args=[activity.pk])).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_looking_changes_nothing(client, coordinator, house, act):
    client.force_login(coordinator)
    assert client.get(reverse(f"offer_{act}", args=[ActivityFactory(house=house).pk])).status_code == 405


# The list.
def test_the_list_is_filtered_by_words_state_and_house(client, coordinator, house):
    client.force_login(coordinator)
    ActivityFactory(house=house, title="Zingen")
    ActivityFactory(house=house, title="Dansen", status="draft")
    url = reverse("offer_list")

    def shown(query):
        return [row.title for row in client.get(f"{url}?{query}").context["page"]]

    assert shown("q=zing") == ["Zingen"]
    assert shown("status=draft") == ["Dansen"]
    assert shown(f"house={house.pk}&q=zi%20ng") == ["Zingen"]
    assert len(shown("status=onzin")) == 2
    assert len(shown("pagina=9999999&q=%00")) == 2


def test_the_list_takes_the_same_queries_with_one_and_three(
    client, coordinator, house, django_assert_max_num_queries
):
    client.force_login(coordinator)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            SessionFactory(activity=ActivityFactory(house=house, organiser=OrganisationFactory()))
        with django_assert_max_num_queries(10) as queries:
            client.get(reverse("offer_list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Making and changing.
def test_a_coordinator_makes_a_draft_and_goes_on_to_say_when(client, coordinator, house):
    client.force_login(coordinator)
    response = client.post(reverse("offer_create"), typed(house))
    activity = Activity.objects.get()
    assert response.url == reverse("offer_schedule", args=[activity.pk])
    assert (activity.status, activity.slug, activity.element) == ("draft", "samen-zingen", "encounter")
    assert (activity.age_min, activity.age_max, activity.pillar) == (-9, 30, "social_cohesion")
    assert [event.verb for event in Event.objects.about(activity)] == ["created"]


def test_ages_left_open_on_a_new_activity_are_the_usual_ones_of_its_kind(client, coordinator, house):
    client.force_login(coordinator)
    client.post(reverse("offer_create"), typed(house, age_min="", age_max="", offer_type="baby_massage"))
    activity = Activity.objects.get()
    assert (activity.age_min, activity.age_max) == (0, 9)


def test_a_title_that_is_taken_gets_a_number_in_its_address():
    for slug in ("samen-zingen", "samen-zingen-2", "samen-zingend"):
        ActivityFactory(slug=slug)
    assert offer.free_slug("Samen zingen!") == "samen-zingen-3"
    assert offer.free_slug("漢字") == "activiteit"


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        (
            {"age_min": "3 jaar", "age_max": "1 jaar"},
            "age_min",
            "Kies leeftijden van 9 maanden voor de geboorte",
        ),
        ({"age_min": "heel jong"}, "age_min", "Schrijf de leeftijd zo"),
        ({"age_max": "99 jaar"}, "age_max", "Kies een leeftijd tot 25 jaar."),
        ({"price_kind": "paid"}, "price_cents", "Zeg hoeveel het kost."),
        ({"price_cents": "3,50"}, "price_cents", "Een bedrag hoort alleen bij een betalende activiteit."),
        ({"price_kind": "paid", "price_cents": "drie"}, "price_cents", "Schrijf het bedrag zo"),
        ({"channels": ["onsite"]}, "channels", "Wie gewoon langs mag komen"),
        ({"registration_mode": "required"}, "channels", "Zeg hoe je inschrijft"),
        ({"registration_mode": "required", "channels": ["phone"]}, "phone", "Geef een telefoonnummer"),
        ({"capacity": "0"}, "capacity", "Geef minstens één plaats"),
        ({"title": ""}, "title", ""),
        ({"title": "a\x00b"}, "title", ""),
        ({"offer_type": "toverij"}, "offer_type", ""),
        ({"capacity": "99999999"}, "capacity", ""),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(
    client, coordinator, house, wrong, field, sentence
):
    client.force_login(coordinator)
    response = client.post(reverse("offer_create"), typed(house, **wrong))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert sentence in response.context["form"].errors[field][0]
    assert Activity.objects.count() == 0


def test_places_and_partners_of_other_houses_are_refused(client, coordinator, house):
    other = HouseFactory()
    MembershipFactory(house=other, user=coordinator)
    partner_of_other = PartnershipFactory(house=other).organisation
    client.force_login(coordinator)
    data = typed(house, location=LocationFactory(house=other).pk, organiser=partner_of_other.pk)
    response = client.post(reverse("offer_create"), data)
    assert sorted(response.context["form"].errors) == ["location", "organiser"]


def test_a_change_is_told_with_its_differences(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house, title="Zingen", summary="Kom zingen met je kind.")
    client.post(
        reverse("offer_edit", args=[activity.pk]), typed(house, title="Dansen", age_min="", age_max="")
    )
    event = Event.objects.about(activity).get()
    assert (event.verb, event.actor, event.changes["titel"]) == ("changed", coordinator, ["Zingen", "Dansen"])
    assert set(event.changes) == {"titel"}


def test_the_editor_says_how_easy_it_reads_and_keeps_nothing(client, coordinator, house):
    client.force_login(coordinator)
    hard = "Wij organiseren laagdrempelige vormingsmomenten over opvoeding voor alle kwetsbare gezinnen uit de hele buurt."
    made = ActivityFactory(house=house, plain="Kom samen zingen. Het is gratis.")
    for path in (reverse("offer_create"), reverse("offer_edit", args=[made.pk])):
        page = client.post(
            path, typed(house, description=hard, plain="Kom zingen.", lees="1")
        ).content.decode()
        assert "<em>laagdrempelig</em> → makkelijk om binnen te lopen" in page
        assert "moeilijk" in page
    made.refresh_from_db()
    assert (Activity.objects.count(), made.plain) == (1, "Kom samen zingen. Het is gratis.")


def test_a_hard_text_is_kept_all_the_same(client, coordinator, house):
    client.force_login(coordinator)
    hard = "Met het oog op participatie organiseren wij multidisciplinaire vormingsmomenten."
    client.post(reverse("offer_create"), typed(house, description=hard, plain="Kom zingen."))
    made = Activity.objects.get()
    assert (made.description, made.plain) == (hard, "Kom zingen.")


def test_two_people_do_not_overwrite_each_other(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house, title="Eerst", changed_at=NOW)
    seen = (NOW - dt.timedelta(minutes=5)).isoformat()
    response = client.post(reverse("offer_edit", args=[activity.pk]), typed(house, seen_at=seen))
    assert "Iemand anders heeft deze activiteit net gewijzigd" in response.content.decode()
    activity.refresh_from_db()
    assert activity.title == "Eerst"


def test_a_new_number_of_places_reaches_the_moments_and_says_where_it_could_not(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house, capacity=8)
    start = timezone.now() + dt.timedelta(days=1)
    full = SessionFactory(activity=activity, original_start=start, capacity=8, confirmed_count=6)
    roomy = SessionFactory(activity=activity, original_start=start, capacity=8)
    response = client.post(reverse("offer_edit", args=[activity.pk]), typed(house, capacity="5"), follow=True)
    assert "1 moment houdt het oude aantal plaatsen" in response.content.decode()
    assert [Session.objects.get(pk=row.pk).capacity for row in (full, roomy)] == [8, 5]


# A partner's editor.
def test_a_partner_proposes_for_its_own_organisation_alone(client, house, partner):
    client.force_login(partner.user)
    response = client.post(reverse("offer_create"), typed(house))
    assert response.context["form"].errors["organiser"] == ["Kies je eigen organisatie."]
    client.post(reverse("offer_create"), typed(house, organiser=partner.organisation.pk))
    activity = Activity.objects.get()
    assert (activity.status, activity.organiser) == ("proposed", partner.organisation)
    assert [event.verb for event in Event.objects.about(activity)] == ["proposed"]


def test_what_a_partner_changes_is_proposed_again(client, house, partner):
    client.force_login(partner.user)
    activity = ActivityFactory(house=house, organiser=partner.organisation, status="draft")
    client.post(reverse("offer_edit", args=[activity.pk]), typed(house, organiser=partner.organisation.pk))
    activity.refresh_from_db()
    assert activity.status == "proposed"


def test_a_partner_who_changes_when_it_is_proposes_again(client, house, partner):
    client.force_login(partner.user)
    activity = ActivityFactory(house=house, organiser=partner.organisation, status="draft")
    client.post(reverse("offer_schedule", args=[activity.pk]), rules(WEEKLY))
    activity.refresh_from_db()
    assert activity.status == "proposed"


@pytest.mark.parametrize("status", ["draft", "proposed", "archived"])
def test_a_partner_does_not_publish(client, house, partner, status):
    client.force_login(partner.user)
    activity = ActivityFactory(house=house, organiser=partner.organisation, status=status)
    ScheduleFactory(activity=activity)
    client.post(reverse("offer_publish", args=[activity.pk]))
    activity.refresh_from_db()
    assert activity.status == status


def test_staff_leave_proposals_to_the_coordinator(client, house, coordinator):
    staff = MembershipFactory(house=house, role=Role.STAFF).user
    activity = ActivityFactory(house=house, status="proposed")
    ScheduleFactory(activity=activity)
    for user, status in ((staff, "proposed"), (coordinator, "published")):
        client.force_login(user)
        client.post(reverse("offer_unpublish" if user == staff else "offer_publish", args=[activity.pk]))
        activity.refresh_from_db()
        assert activity.status == status


# When it is.
def test_the_days_are_shown_before_anything_is_kept(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house)
    far = {**WEEKLY, "starts_on": timezone.localdate().isoformat()}
    response = client.post(reverse("offer_schedule", args=[activity.pk]), rules(far, toon="1"))
    (shown,) = response.context["preview"]
    assert (shown["words"], len(shown["steps"]), shown["more"] > 40) == (
        "elke maandag van 9 tot 12 uur",
        8,
        True,
    )
    assert Schedule.objects.count() == Session.objects.count() == 0


def test_rules_are_kept_and_their_moments_made(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house)
    day = timezone.localdate() + dt.timedelta(days=3)
    named = {"kind": "dates", "dates": f"{day:%d/%m/%Y}", "starts_at": "09:00", "ends_at": "12:00"}
    response = client.post(
        reverse("offer_schedule", args=[activity.pk]), rules({**WEEKLY, "dates": ""}, named)
    )
    assert response.url == reverse("offer_edit", args=[activity.pk])
    assert list(Schedule.objects.order_by("pk").values_list("kind", flat=True)) == ["weekly", "dates"]
    assert Session.objects.filter(schedule__kind="dates").count() == 1
    assert "wanneer" in Event.objects.about(activity).get(verb="changed").changes


def test_what_belongs_to_another_kind_of_rule_is_dropped(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house)
    client.post(reverse("offer_schedule", args=[activity.pk]), rules(WEEKLY))
    assert Schedule.objects.get().dates == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_at": "08:00"}, "ends_at"),
        ({"starts_at": ""}, "ends_at"),
        ({"weekdays": []}, "weekdays"),
        ({"every_weeks": "0"}, "every_weeks"),
        ({"every_weeks": "99"}, "every_weeks"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"starts_on": "0001-01-01"}, "starts_on"),
        ({"kind": "nth_weekday"}, "nths"),
        ({"kind": "dates", "dates": ""}, "dates"),
        ({"kind": "dates", "dates": "31/2/2026"}, "dates"),
        ({"kind": "once", "dates": "1/3/2027, 2/3/2027"}, "dates"),
        ({"skip_dates": "gisteren"}, "skip_dates"),
    ],
)
def test_a_rule_that_cannot_be_is_said_at_its_field(client, coordinator, house, wrong, field):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house)
    response = client.post(reverse("offer_schedule", args=[activity.pk]), rules({**WEEKLY, **wrong}))
    assert response.status_code == 200
    assert field in response.context["formset"].forms[0].errors
    assert Schedule.objects.count() == 0


def test_a_removed_rule_keeps_the_moments_with_sign_ups_and_says_so(client, coordinator, house):
    client.force_login(coordinator)
    schedule = ScheduleFactory(activity=ActivityFactory(house=house))
    start = timezone.now() + dt.timedelta(days=2)
    kept = SessionFactory(activity=schedule.activity, schedule=schedule, original_start=start)
    RegistrationFactory(session=kept)
    SessionFactory(activity=schedule.activity, schedule=schedule, original_start=start + dt.timedelta(days=1))
    data = rules({"id": schedule.pk, "kind": "by_appointment", "every_weeks": "1", "DELETE": "on"})
    data["schedules-INITIAL_FORMS"] = 1
    shown = client.post(reverse("offer_schedule", args=[schedule.activity.pk]), data)
    data |= {"gezien": shown.context["gezien"], f"keuze-{kept.pk}": "keep"}
    response = client.post(reverse("offer_schedule", args=[schedule.activity.pk]), data, follow=True)
    assert "blijft staan" in response.content.decode()
    assert list(Session.objects.all()) == [kept]
    assert Schedule.objects.count() == 0


# Online and away.
def test_publishing_makes_the_moments_and_counts_as_looked_at(client, coordinator, house):
    client.force_login(coordinator)
    schedule = ScheduleFactory(
        activity=ActivityFactory(house=house, status="draft"),
        dates=[timezone.localdate() + dt.timedelta(days=1)],
    )
    client.post(reverse("offer_publish", args=[schedule.activity.pk]))
    schedule.activity.refresh_from_db()
    assert (schedule.activity.status, schedule.activity.checked_on) == ("published", timezone.localdate())
    assert Session.objects.count() == 1
    assert [event.verb for event in Event.objects.about(schedule.activity)] == ["published"]


def test_nothing_goes_online_before_somebody_says_when_it_is(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house, status="draft")
    response = client.post(reverse("offer_publish", args=[activity.pk]), follow=True)
    assert "Zeg eerst wanneer het is" in response.content.decode()
    activity.refresh_from_db()
    assert activity.status == "draft"


@pytest.mark.parametrize("act", ["unpublish", "archive"])
def test_nothing_goes_offline_under_families_who_are_signed_up(client, coordinator, house, act):
    client.force_login(coordinator)
    session = SessionFactory(
        activity=ActivityFactory(house=house), original_start=timezone.now() + dt.timedelta(days=1)
    )
    RegistrationFactory(session=session)
    response = client.post(reverse(f"offer_{act}", args=[session.activity.pk]), follow=True)
    assert "Zeg dat moment eerst af" in response.content.decode()
    session.activity.refresh_from_db()
    assert session.activity.status == "published"


@pytest.mark.parametrize(
    ("act", "status"), [("unpublish", "draft"), ("archive", "archived"), ("check", "published")]
)
def test_a_coordinator_takes_offer_offline_puts_it_away_and_looks_at_it_again(
    client, coordinator, house, act, status
):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house)
    client.post(reverse(f"offer_{act}", args=[activity.pk]))
    activity.refresh_from_db()
    assert activity.status == status
    assert (activity.checked_on is not None) == (act == "check")


def test_only_what_is_online_can_be_looked_at_again():
    activity = ActivityFactory(status="draft")
    with pytest.raises(offer.OfferError):
        offer.check_activity(activity=activity, by=UserFactory(), now=NOW)


def test_publishing_twice_is_once(coordinator, house):
    activity = ScheduleFactory(activity=ActivityFactory(house=house)).activity
    offer.publish_activity(activity=activity, by=coordinator, now=NOW)
    assert Event.objects.count() == 0


def test_a_copy_is_a_draft_with_the_same_rules_and_no_moments(client, coordinator, house):
    client.force_login(coordinator)
    schedule = ScheduleFactory(activity=ActivityFactory(house=house, title="Zingen", slug="zingen"))
    SessionFactory(activity=schedule.activity, schedule=schedule)
    response = client.post(reverse("offer_copy", args=[schedule.activity.pk]))
    copy = Activity.objects.get(slug="zingen-2")
    assert response.url == reverse("offer_edit", args=[copy.pk])
    assert (copy.status, copy.checked_on, copy.sessions.count(), copy.schedules.count()) == (
        "draft",
        None,
        0,
        1,
    )


def test_the_editor_takes_at_most_fifteen_queries(client, coordinator, house, django_assert_max_num_queries):
    client.force_login(coordinator)
    schedule = ScheduleFactory(activity=ActivityFactory(house=house))
    for url in pages_of(schedule.activity):
        with django_assert_max_num_queries(15):
            client.get(url)


# What the desk says.
def test_the_desk_tells_of_pages_that_nobody_looked_at(coordinator, house, partner):
    ActivityFactory(house=house, checked_on=NOW.date() - dt.timedelta(days=200))
    ActivityFactory(house=house, checked_on=NOW.date())
    assert [(tile.title, tile.count) for tile in offer_to_look_at(coordinator, NOW)] == [("Na te kijken", 1)]
    assert list(offer_to_look_at(partner.user, NOW)) == []


# What people write.
@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("zwanger", -9),
        ("6 maanden", 6),
        ("1 maand", 1),
        ("2,5 jaar", 30),
        ("2 jaar en 4 maanden", 28),
        ("", 7),
    ],
)
def test_ages_are_read_as_people_say_them_and_written_back_the_same(text, months):
    field = AgeField(unlimited=7)
    assert field.clean(text) == months
    assert field.prepare_value(months) == text


def test_amounts_and_days_are_read_as_people_write_them():
    assert [EuroField().clean(text) for text in ("3", "3,5", "€ 3.50", "2 euro", "")] == [
        300,
        350,
        350,
        200,
        None,
    ]
    assert [EuroField().prepare_value(cents) for cents in (300, 350)] == ["3", "3,50"]
    days = [dt.date(2026, 3, 4), dt.date(2026, 3, 11)]
    assert DaysField().clean("11/3/2026; 2026-03-04\n4-3-2026") == days
    assert DaysField().prepare_value(days) == "4/3/2026, 11/3/2026"
