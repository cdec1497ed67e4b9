"""Is something wrong? A visitor says so without an account, and a House answers."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.actions.forget import forget_reports
from activities.actions.report import ReportError, refuse_report, reopen_report, solve_report, why_not_thank
from activities.dashboard import reports_to_answer
from activities.models import Report
from huizen.models import Event, Message
from huizen.roles import Role
from huizen.throttle import MOST
from tests.factories import NOW, ActivityFactory, HouseFactory, MembershipFactory, ReportFactory

pytestmark = pytest.mark.django_db
TOLD = {"kind": "when", "text": "Het begint om tien uur.", "email": "ouder@voorbeeld.example"}


@pytest.fixture
def house():
    return HouseFactory(slug="mol", name="Baldemore")


# A visitor.
def test_a_visitor_reports_without_an_account_and_the_coordinators_hear_it(client, house, coordinator):
    activity = ActivityFactory(house=house, title="Samen zingen")
    MembershipFactory(house=house, role=Role.STAFF)
    MembershipFactory()
    url = f"/melden/?activiteit={activity.slug}"
    assert "Over: Samen zingen" in client.get(url).content.decode()
    answer = client.post(url, TOLD)
    assert (answer.status_code, answer.url) == (302, f"/activiteiten/{activity.slug}/")
    report = Report.objects.get()
    assert (report.activity, report.house, report.kind, report.text, report.state) == (
        activity,
        house,
        "when",
        "Het begint om tien uur.",
        "new",
    )
    message = Message.objects.get()
    assert (message.recipient, message.template) == (coordinator.email, "report")
    assert "ouder@voorbeeld.example" not in str(message.context)
    assert [(event.verb, event.actor) for event in Event.objects.all()] == [("reported", None)]


def test_a_report_about_a_house_and_about_the_portal(client, house):
    assert client.post("/melden/?huis=mol", TOLD).url == "/huizen/mol/"
    officer = MembershipFactory(house=None, role=Role.OFFICER).user
    assert client.post("/melden/", TOLD).url == "/hulp/"
    assert [report.house for report in Report.objects.order_by("pk")] == [house, None]
    assert list(Message.objects.values_list("recipient", flat=True)) == [officer.email]


@pytest.mark.parametrize(
    "query", ["activiteit=bestaat-niet", "huis=x", "huis=%00", "activiteit=" + "9" * 300]
)
def test_an_address_that_names_nothing_gives_the_form_about_the_portal(client, query):
    assert "Over deze website" in client.get(f"/melden/?{query}").content.decode()


def test_what_parents_do_not_see_cannot_be_named(client):
    draft = ActivityFactory(status="draft", title="Geheim")
    assert "Geheim" not in client.get(f"/melden/?activiteit={draft.slug}").content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": ""}, "Kies wat er niet klopt."),
        ({"kind": "raar"}, "Kies wat er niet klopt."),
        ({"kind": "other", "text": ""}, "Vertel kort wat er niet klopt."),
        ({"text": "x" * 501}, "500"),
        ({"email": "geen adres"}, "Dit e-mailadres klopt niet."),
        ({"laat_leeg": "http://koop.example"}, "Maak dit veld leeg"),
        ({"text": "a\x00b"}, "Null-tekens"),
    ],
)
def test_a_wrong_form_says_what_to_mend_and_changes_nothing(client, typed, sentence):
    answer = client.post("/melden/", {**TOLD, **typed})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Report.objects.exists()


def test_who_comes_too_often_is_stopped_and_keeps_what_was_typed(client):
    for _ in range(MOST):
        assert client.post("/melden/", TOLD).status_code == 302
    answer = client.post("/melden/", TOLD)
    assert answer.status_code == 429
    assert "Het begint om tien uur." in answer.content.decode()
    assert Report.objects.count() == MOST


@given(typed=st.dictionaries(st.sampled_from(["kind", "text", "email", "laat_leeg"]), st.text(max_size=30)))
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_report_breaks_the_page(client, typed):
    assert client.post("/melden/", typed).status_code < 500


def test_pages_lead_to_a_report_about_themselves(client, house):
    activity = ActivityFactory(house=house)
    assert (
        f"/melden/?activiteit={activity.slug}"
        in client.get(f"/activiteiten/{activity.slug}/").content.decode()
    )
    assert "/melden/?huis=mol" in client.get("/huizen/mol/").content.decode()
    assert 'href="/melden/"' in client.get("/hulp/").content.decode()


# A House answers.
def test_solved_with_thanks_and_undone(house, coordinator):
    report = ReportFactory(activity__house=house, email="ouder@voorbeeld.example")
    solve_report(report=report, thank=True, by=coordinator, now=NOW)
    report.refresh_from_db()
    assert (report.state, report.handled_at, report.handled_by) == ("solved", NOW, coordinator)
    thanks = Message.objects.get()
    assert (thanks.recipient, thanks.template) == ("ouder@voorbeeld.example", "report_thanks")
    assert thanks.not_before == NOW + dt.timedelta(minutes=5)
    assert why_not_thank(thanks, NOW) == ""
    reopen_report(report=report, by=coordinator, now=NOW)
    report.refresh_from_db()
    assert (report.state, report.handled_at) == ("new", None)
    assert why_not_thank(thanks, NOW) == "de melding is weer open"
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["solved", "took_back"]


def test_nobody_is_thanked_who_left_no_address_or_where_the_box_is_off(house, coordinator):
    solve_report(report=ReportFactory(), thank=True, by=coordinator, now=NOW)
    solve_report(report=ReportFactory(email="a@voorbeeld.example"), thank=False, by=coordinator, now=NOW)
    assert not Message.objects.exists()


def test_twice_the_same_is_once_and_two_colleagues_are_told(coordinator):
    report = ReportFactory()
    for _ in range(2):
        refuse_report(report=report, by=coordinator, now=NOW)
    assert Event.objects.count() == 1
    with pytest.raises(ReportError, match="Een collega behandelde"):
        solve_report(report=report, thank=False, by=coordinator, now=NOW)


def test_the_pages_do_all_three(client, house, coordinator):
    report = ReportFactory(activity__house=house)
    client.force_login(coordinator)
    for path, state in [("opgelost", "solved"), ("terug", "new"), ("niet-juist", "refused")]:
        answer = client.post(f"/beheer/meldingen/{report.pk}/{path}/", {"bedank": "on"})
        assert (answer.status_code, answer.url) == (302, reverse("report_list"))
        report.refresh_from_db()
        assert report.state == state
    answer = client.post(f"/beheer/meldingen/{report.pk}/opgelost/", follow=True)
    assert "Een collega behandelde deze melding al." in answer.content.decode()


def test_open_reports_come_first_and_only_those_of_my_house(client, house, coordinator):
    done = ReportFactory(
        activity__house=house, state="solved", handled_at=NOW, created_at=NOW + dt.timedelta(days=1)
    )
    new = ReportFactory(activity__house=house)
    other, portal = ReportFactory(), ReportFactory(activity=None, house=None)
    client.force_login(coordinator)
    assert list(client.get("/beheer/meldingen/").context["page"]) == [new, done]
    assert client.post(f"/beheer/meldingen/{other.pk}/opgelost/").status_code == 404
    assert client.post(f"/beheer/meldingen/{portal.pk}/opgelost/").status_code == 404
    client.force_login(MembershipFactory(house=None, role=Role.OFFICER).user)
    assert list(client.get("/beheer/meldingen/").context["page"]) == [portal]


def test_an_editor_of_a_partner_and_a_reader_of_abb_answer_no_reports(client, house):
    for facts in ({"house": house, "role": Role.PARTNER_EDITOR}, {"house": None, "role": Role.ABB_READER}):
        client.force_login(MembershipFactory(**facts).user)
        assert client.get("/beheer/meldingen/").status_code == 403


def test_the_list_takes_the_same_queries_for_one_and_three(
    client, house, coordinator, django_assert_max_num_queries
):
    client.force_login(coordinator)
    for number in (1, 2):
        for _ in range(number):
            ReportFactory(activity__house=house, state="solved", handled_at=NOW, handled_by=coordinator)
        with django_assert_max_num_queries(6):
            client.get("/beheer/meldingen/")


def test_the_desk_tells_how_many_wait(house, coordinator):
    assert list(reports_to_answer(coordinator, NOW)) == []
    ReportFactory(activity__house=house)
    ReportFactory()
    assert [tile.count for tile in reports_to_answer(coordinator, NOW)] == [1]


def test_looking_changes_nothing(client, house, coordinator):
    client.force_login(coordinator)
    assert (
        client.get(f"/beheer/meldingen/{ReportFactory(activity__house=house).pk}/opgelost/").status_code
        == 405
    )
    assert client.put("/melden/").status_code == 405


# Forgetting.
def test_words_and_addresses_are_erased_after_handling_or_after_a_year():
    before = NOW - dt.timedelta(days=30)
    earlier, year_ago = NOW - dt.timedelta(days=31), NOW - dt.timedelta(days=366)
    handled = ReportFactory(email="a@voorbeeld.example", state="solved", handled_at=earlier)
    never = ReportFactory(email="a@voorbeeld.example", created_at=year_ago)
    fresh = ReportFactory(email="a@voorbeeld.example")
    assert [forget_reports(before=before, now=NOW) for _ in range(2)] == [2, 0]
    for report, email in [(handled, ""), (never, ""), (fresh, "a@voorbeeld.example")]:
        report.refresh_from_db()
        assert (report.email, bool(report.text)) == (email, bool(email))


def test_the_database_holds_the_rules():
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportFactory(state="solved")
    with pytest.raises(ValidationError):
        Report(activity=ActivityFactory(), kind="when", created_at=NOW).validate_constraints()
