"""Periods come of call and term, late follows from the day, and reminders follow the rules."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from huizen.models import Message, PlannedMessage
from huizen.outbox.release import release_due
from projects.actions.period import PeriodError, make_reports, move_deadline, set_term
from projects.actions.report_reminder import RULES, reconcile
from projects.models import Period, ProgressReport, ReportKind
from projects.models.period import first_day_after
from tests.factories import HouseFactory
from tests.projects.builders import make_call, make_coordinator, make_project
from tests.projects.report_builders import (
    DEADLINES,
    NOW,
    STARTS,
    hand_in,
)

pytestmark = pytest.mark.django_db


def at(year, month, day, hour=9):
    return timezone.make_aware(dt.datetime(year, month, day, hour))


def planned(report, **facts):
    rows = PlannedMessage.objects.filter(subject_type="projects.progressreport", subject_id=str(report.pk))
    return rows.filter(**facts).order_by("due_at", "recipient")


def test_every_year_of_the_term_has_every_kind_with_its_last_day(project):
    periods = project.call.periods.order_by("number", "kind")
    assert [(each.number, each.kind, each.due_on.isoformat()) for each in periods][:4] == [
        (1, "content", "2026-03-31"),
        (1, "financial", "2026-07-31"),
        (1, "self_evaluation", "2026-03-31"),
        (2, "content", "2027-03-31"),
    ]
    assert project.reports.count() == 9


def test_the_last_day_comes_after_the_year_whenever_that_ends():
    assert first_day_after(dt.date(2026, 7, 1), month=4, day=1) == dt.date(2027, 4, 1)
    assert first_day_after(dt.date(2026, 7, 1), month=7, day=1) == dt.date(2026, 7, 1)


def test_doing_it_again_makes_nothing_twice_and_moves_nothing(project, report):
    move_deadline(period=report.period, due_on=dt.date(2026, 4, 30), by=project.officer, now=NOW)
    assert (
        set_term(call=project.call, starts_on=STARTS, deadlines=DEADLINES, by=project.officer, now=NOW) == 0
    )
    assert Period.objects.get(pk=report.period_id).due_on == dt.date(2026, 4, 30)


def test_a_project_that_comes_later_gets_its_reports(project):
    late = make_project(call=project.call, house=HouseFactory())
    make_project(call=project.call, status="draft")
    assert make_reports(call=project.call, now=NOW) == 9
    assert late.reports.count() == 9


def test_one_report_for_each_project_period_and_kind(project, report):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport.objects.create(project=project, period=report.period)
    with pytest.raises(IntegrityError), transaction.atomic():
        Period.objects.create(call=project.call, number=1, kind="content", due_on=NOW)


def test_once_something_is_handed_in_the_term_stays(project, report):
    hand_in(report)
    with pytest.raises(PeriodError, match="De eerste dag kan niet meer veranderen"):
        set_term(
            call=project.call, starts_on=dt.date(2025, 2, 1), deadlines=DEADLINES, by=project.officer, now=NOW
        )


@pytest.mark.parametrize(
    ("today", "late"),
    [(dt.date(2026, 3, 31), False), (dt.date(2026, 4, 1), True), (dt.date(2030, 1, 1), True)],
)
def test_late_follows_from_the_day_and_is_kept_nowhere(report, today, late):
    assert ProgressReport.objects.as_of(today).get(pk=report.pk).is_late == late
    hand_in(report)
    assert ProgressReport.objects.as_of(today).get(pk=report.pk).is_late is False


def test_the_number_of_mails_is_the_number_of_rules_however_late(project, report):
    for day in range(1, 40, 3):
        reconcile(now=at(2026, 4, 1) + dt.timedelta(days=day))
    assert planned(report, recipient=project.coordinator.email).count() == len(RULES)
    assert planned(report, recipient=project.officer.email).count() == sum(rule.to_officer for rule in RULES)
    assert [row.due_at for row in planned(report, recipient=project.coordinator.email)] == [
        at(2026, 3, 1),
        at(2026, 3, 24),
        at(2026, 3, 30),
        at(2026, 4, 1),
        at(2026, 4, 7),
    ]


def test_after_three_days_without_a_clock_there_is_one_mail_and_the_desk_was_right_all_along(project, report):
    planned(report, due_at__lt=at(2026, 4, 1)).update(state="released")
    assert ProgressReport.objects.as_of(dt.date(2026, 4, 1)).get(pk=report.pk).is_late
    for hour in (10, 11):
        release_due(now=at(2026, 4, 4, hour))
    mails = Message.objects.filter(recipient=project.coordinator.email, template="project_report_due")
    about = mails.filter(subject_id=str(report.pk))
    assert [mail.context["is_late"] for mail in about] == [True]


def test_a_deadline_that_moves_takes_its_reminders_along(project, report):
    move_deadline(period=report.period, due_on=dt.date(2026, 5, 31), by=project.officer, now=NOW)
    alive = planned(report, state="planned", recipient=project.coordinator.email)
    assert [row.due_at.date() for row in alive] == [
        dt.date(2026, 5, 31) + dt.timedelta(days=rule.days) for rule in RULES
    ]
    assert planned(report, state="cancelled").exists()
    with pytest.raises(PeriodError):
        move_deadline(period=report.period, due_on=dt.date(2025, 6, 1), by=project.officer, now=NOW)


def test_who_handed_in_is_reminded_no_more(project, report):
    hand_in(report)
    assert not planned(report, state="planned").exists()


def test_who_leads_the_house_now_is_reminded(project, report):
    project.coordinator.memberships.update(ended_at=NOW)
    successor = make_coordinator(project.house)
    reconcile(now=NOW)
    alive = planned(report, state="planned")
    assert alive.filter(recipient=successor.email).count() == len(RULES)
    assert not alive.filter(recipient=project.coordinator.email).exists()


def test_the_agency_sets_the_term_on_its_page(client, project):
    call = make_call(year=2026)
    page = reverse("call_periods", args=[call.pk])
    client.force_login(project.officer)
    wrong = {"starts_on": "2026-01-02", "content": "31/2", "financial": "1/13"}
    text = client.post(page, wrong).content.decode()
    assert "Kies de eerste dag van een maand." in text
    assert text.count("Schrijf een dag en een maand, zoals 1/4.") == 4
    assert client.post(page, {"starts_on": "2026-01-01", "content": "1/4"}).url == page
    assert list(call.periods.values_list("kind", flat=True)) == [ReportKind.CONTENT] * 3
    period = call.periods.order_by("number").first()
    client.post(reverse("period_move", args=[period.pk]), {"due_on": "2027-05-01"})
    period.refresh_from_db()
    assert period.due_on == dt.date(2027, 5, 1)
    for day in ("", "0001-01-01", "x"):
        client.post(reverse("period_move", args=[period.pk]), {"due_on": day})
    period.refresh_from_db()
    assert period.due_on == dt.date(2027, 5, 1)
    client.force_login(project.coordinator)
    assert client.get(page).status_code == 403
