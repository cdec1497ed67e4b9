"""Two tabs hand in, two officers decide, a coordinator writes meanwhile: one version, one decision. With negative controls."""

import pytest
from django.utils import timezone

from huizen.models import Message
from projects.actions import report as report_actions
from projects.actions import review
from projects.actions.budget import add_instalment
from projects.actions.report import MovedOnError, save_draft, submit
from projects.actions.review import accept
from projects.models import Decision, Instalment, ProgressReport, ReportVersion
from projects.typed import Typed, mark_of
from tests.at_once import at_once, then_together
from tests.projects.report_builders import NOW, filled_in, hand_in, report_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
WORKERS = 6


@pytest.fixture
def report(project):
    return report_of(project)


def unlocked(report):
    """Reads without waiting for who is writing."""
    return ProgressReport.objects.whole().get(pk=report.pk)


def tabs_at_once(report, project) -> list:
    typed = filled_in(report)
    facts = {"report": report, "version": 0, "typed": typed, "by": project.coordinator, "now": NOW}
    return at_once([lambda: submit(**facts)] * WORKERS, threads=WORKERS)


def refused(results) -> int:
    return sum(isinstance(result, MovedOnError) for result in results)


def test_tabs_that_hand_in_at_once_make_one_version(report, project):
    assert refused(tabs_at_once(report, project)) == WORKERS - 1
    assert ReportVersion.objects.count() == 1
    assert Message.objects.filter(template="project_report_submitted").count() == 1


def test_without_the_lock_only_the_constraint_would_stop_them(report, project, monkeypatch):
    """The negative control: nobody is told kindly, the database refuses a second version with the same number."""
    monkeypatch.setattr(report_actions, "lock", then_together(unlocked, WORKERS))
    assert refused(tabs_at_once(report, project)) < WORKERS - 1


def double_clicks(report, project) -> list:
    facts = {"report": report, "version": 1, "by": project.officer, "now": timezone.now()}
    return at_once([lambda: accept(**facts)] * WORKERS, threads=WORKERS)


def test_accepting_twice_is_one_decision_one_release_and_one_mail(report, project):
    add_instalment(report=report, cents=100, by=project.officer, now=NOW)
    hand_in(report, by=project.coordinator)
    assert refused(double_clicks(report, project)) == WORKERS - 1
    assert Decision.objects.count() == 1
    assert Instalment.objects.get().released_at is not None
    assert (
        Message.objects.filter(
            template="project_report_accepted", recipient=project.coordinator.email
        ).count()
        == 1
    )


def test_without_the_lock_a_double_click_would_meet_the_constraint(report, project, monkeypatch):
    """The negative control: more than one comes as far as writing a decision."""
    hand_in(report, by=project.coordinator)
    monkeypatch.setattr(review, "lock", then_together(unlocked, WORKERS))
    assert refused(double_clicks(report, project)) < WORKERS - 1


def test_who_writes_while_the_agency_accepts_is_refused_and_the_version_is_what_was_read(report, project):
    version = hand_in(report, by=project.coordinator, summary="Zoals gelezen.")
    late = {"summary": Typed("Te laat.", mark_of("Zoals gelezen."))}
    write = lambda: save_draft(report=report, typed=late, by=project.coordinator, now=NOW)  # noqa: E731
    decide = lambda: accept(report=report, version=1, by=project.officer, now=NOW)  # noqa: E731
    results = at_once([write, decide, write], threads=3)
    assert refused(results) == 2
    assert Decision.objects.get().version == version
    assert ReportVersion.objects.get().content["parts"][0]["words"] == "Zoals gelezen."
    assert ProgressReport.objects.get(pk=report.pk).draft["summary"] == "Zoals gelezen."


def two_at_once(report, project) -> dict:
    """Two people type in different fields; what is kept."""
    signal = f"signal-{project.objectives.get().pk}"
    sent = [{"summary": Typed("Tekst.", mark_of(""))}, {signal: Typed("done", mark_of(""))}]
    facts = {"report": report, "by": project.coordinator, "now": NOW}
    at_once([lambda one=one: save_draft(typed=one, **facts) for one in sent], threads=2)
    return ProgressReport.objects.get(pk=report.pk).draft


def test_two_people_in_different_fields_lose_nothing(report, project):
    assert set(two_at_once(report, project).values()) == {"Tekst.", "done"}


def test_without_the_lock_one_of_them_would_lose(report, project, monkeypatch):
    """The negative control: both read an empty draft, and the last one to write wins."""
    monkeypatch.setattr(report_actions, "lock", then_together(unlocked, 2))
    assert len(two_at_once(report, project)) == 1
