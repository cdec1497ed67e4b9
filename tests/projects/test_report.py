"""Writing a report, handing it in, and what the agency answers: every version and decision is kept."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from huizen.models import Event, Message
from projects.actions.report import MovedOnError, ReportError, UnfinishedError, save_draft
from projects.actions.review import accept, reopen, request_changes
from projects.models import (
    Call,
    ChangeRequest,
    Decision,
    Figure,
    Instalment,
    ProgressReport,
    ReportKind,
    ReportVersion,
)
from projects.report_content import differences, sum_of
from projects.report_flow import STEPS, Act
from projects.typed import Typed, mark_of
from tests.factories import HouseFactory
from tests.projects.builders import make_coordinator
from tests.projects.report_builders import (
    NOW,
    filled_in,
    hand_in,
    make_indicator,
    make_question,
    report_of,
)

pytestmark = pytest.mark.django_db


def state_of(report) -> str:
    return ProgressReport.objects.get(pk=report.pk).state


def answer(report, act, **facts):
    """What the officer of the project answers to the last version."""
    row = ProgressReport.objects.get(pk=report.pk)
    return act(report=row, version=row.versions_made, by=report.project.officer, now=NOW, **facts)


def test_the_table_holds_every_way_and_no_other():
    assert {(step.start, step.act): step.to for step in STEPS} == {
        ("draft", Act.SUBMIT): "submitted",
        ("returned", Act.SUBMIT): "submitted",
        ("submitted", Act.RETURN): "returned",
        ("submitted", Act.ACCEPT): "accepted",
        ("accepted", Act.REOPEN): "returned",
    }


def test_what_is_typed_is_kept_field_by_field(report, project):
    make_question(project.call)
    both = [("summary", "Van An."), ("question-1", "Van Bo.")]
    for key, text in both:
        save_draft(report=report, typed={key: Typed(text, mark_of(""))}, by=project.coordinator, now=NOW)
    assert ProgressReport.objects.get(pk=report.pk).draft == dict(both)


def test_where_another_wrote_in_the_same_field_her_words_stay_and_are_told_of(report, project):
    first, second = (Typed(text, mark_of("")) for text in ("Eerst.", "Dan."))
    save_draft(report=report, typed={"summary": first}, by=project.coordinator, now=NOW)
    saved = save_draft(report=report, typed={"summary": second}, by=project.coordinator, now=NOW)
    assert saved.others == {"summary": "Eerst."}
    assert saved.report.draft == {"summary": "Eerst."}


def test_what_is_no_part_of_the_report_is_left_out(report, project):
    saved = save_draft(report=report, typed={"vreemd": Typed("x", "")}, by=project.coordinator, now=NOW)
    assert saved.report.draft == {}


def test_what_is_missing_is_said_part_by_part_and_nothing_is_handed_in(report, project):
    with pytest.raises(UnfinishedError) as caught:
        hand_in(report, summary="", **{f"signal_{project.objectives.get().pk}": ""})
    assert set(caught.value.faults.values()) == {"Vul dit nog in."}
    assert ReportVersion.objects.count() == 0


def test_a_summary_has_at_most_five_lines(report):
    with pytest.raises(UnfinishedError) as caught:
        hand_in(report, summary="1\n2\n3\n4\n5\n6")
    assert caught.value.faults == {"summary": "Schrijf hoogstens 5 lijnen."}


def test_far_from_the_target_asks_what_explains_it(report, project):
    indicator = make_indicator(project, target="100")
    with pytest.raises(UnfinishedError) as caught:
        hand_in(report, **{f"value_{indicator.pk}": "79"})
    assert caught.value.faults == {
        f"explain-{indicator.pk}": "Dit wijkt meer dan 20 % af van 100. Zeg wat dat verklaart."
    }
    hand_in(report, **{f"value_{indicator.pk}": "80"})


def test_how_far_is_far_is_of_the_call(report, project):
    indicator = make_indicator(project, target="100")
    Call.objects.update(deviation_percent=50)
    hand_in(report, **{f"value_{indicator.pk}": "79"})


def test_handing_in_freezes_a_version_that_proves_itself(report, project):
    version = hand_in(report, by=project.coordinator, summary="Het ging goed.")
    assert (version.number, version.sha256) == (1, sum_of(version.content))
    assert version.content["parts"][0] == {
        "key": "summary",
        "section": "In vijf lijnen",
        "label": "Wat veranderde er dit jaar voor gezinnen?",
        "words": "Het ging goed.",
        "guide": "In eigen woorden, hoogstens vijf lijnen.",
    }
    assert Message.objects.get().recipient == project.officer.email
    assert Event.objects.about(report).get().verb == "report_submitted"


@pytest.mark.parametrize("change", [{"number": 9}, {"content": {}}, {"sha256": ""}])
def test_nobody_changes_a_version(report, change):
    version = hand_in(report)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportVersion.objects.filter(pk=version.pk).update(**change)


def test_nobody_changes_or_wipes_a_decision_and_an_erased_account_leaves_it(report):
    hand_in(report)
    decision = answer(report, accept)
    for change in (lambda rows: rows.update(text="Anders."), lambda rows: rows._raw_delete("default")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(Decision.objects.filter(pk=decision.pk))
    decision.by.delete()
    assert Decision.objects.get(pk=decision.pk).by is None


def test_points_come_back_one_by_one_and_are_ticked_off(report, project):
    hand_in(report, summary="Kort.")
    points = [("summary", "Zeg meer."), ("", "Noem je partners.")]
    answer(report, request_changes, text="Nog even.", points=points)
    assert state_of(report) == "returned"
    told = Message.objects.get(template="project_report_returned", recipient=project.coordinator.email)
    assert told.context["points"] == ["Zeg meer.", "Noem je partners."]
    second = hand_in(report, summary="Kort, en meer.")
    with pytest.raises(ReportError, match=r"^Vink eerst alle punten af"):
        answer(report, accept)
    first_point, other = ChangeRequest.objects.order_by("pk")
    answer(report, accept, ticked=[first_point.pk, other.pk])
    assert (state_of(report), second.number) == ("accepted", 2)
    assert set(ChangeRequest.objects.values_list("ticked_by", flat=True)) == {project.officer.pk}
    assert list(Decision.objects.order_by("pk").values_list("kind", "version__number")) == [
        ("returned", 1),
        ("accepted", 2),
    ]


def test_asking_for_something_else_says_what(report):
    hand_in(report)
    with pytest.raises(ReportError, match=r"^Schrijf minstens één punt"):
        answer(report, request_changes, text="Hm.", points=[])
    assert (state_of(report), Decision.objects.count()) == ("submitted", 0)


def test_the_officer_reads_only_what_changed(report):
    first = hand_in(report, summary="Wij bereikten veel gezinnen.")
    answer(report, request_changes, text="Hoeveel?", points=[("summary", "Hoeveel?")])
    second = hand_in(report, summary="Wij bereikten 95 gezinnen.")
    shown = differences(first.content, second.content)
    assert [(one.key, one.before, one.after) for one in shown] == [
        ("summary", "Wij bereikten veel gezinnen.", "Wij bereikten 95 gezinnen.")
    ]
    assert [piece.text for piece in shown[0].pieces if piece.mark == "in"] == ["95"]


def test_acceptance_makes_the_figures_stand(report, project):
    indicator = make_indicator(project)
    version = hand_in(report)
    assert Figure.objects.count() == 0
    answer(report, accept)
    figure = Figure.objects.get()
    assert (figure.indicator, figure.number, figure.value) == (indicator, 1, Decimal(100))
    assert (figure.yardstick.edition, figure.version) == (1, version)


def test_an_accepted_financial_report_says_what_was_spent(project):
    line = project.budget_lines.create(number=1, what="Loon", source="opgroeien", cents=1_000_000)
    report = report_of(project, ReportKind.FINANCIAL)
    hand_in(report, **{f"spent_{line.pk}": "9.500,50"})
    line.refresh_from_db()
    assert line.spent is None
    answer(report, accept)
    line.refresh_from_db()
    assert line.spent == 950_050


def test_reopening_asks_a_reason_keeps_the_figures_and_the_money(report, project):
    make_indicator(project)
    Instalment.objects.create(project=project, report=report, cents=100)
    hand_in(report)
    answer(report, accept)
    released = Instalment.objects.get().released_at
    answer(report, reopen, reason="Een fout in het getal.")
    assert (state_of(report), Figure.objects.count()) == ("returned", 1)
    hand_in(report, now=NOW + dt.timedelta(days=1))
    answer(report, accept, ticked=list(ChangeRequest.objects.values_list("pk", flat=True)))
    assert Instalment.objects.get().released_at == released
    assert Decision.objects.count() == 3
    assert Figure.objects.get().version.number == 2


def test_a_coordinator_decides_nothing_and_another_house_writes_nothing(report, project):
    hand_in(report)
    with pytest.raises(MovedOnError):
        accept(report=report, version=1, by=project.coordinator, now=NOW)
    stranger = make_coordinator(HouseFactory())
    assert not ProgressReport.objects.writable_by(stranger).exists()


def test_a_page_of_before_decides_nothing(report, project):
    hand_in(report)
    answer(report, request_changes, text="Meer.", points=[("", "Meer.")])
    hand_in(report)
    with pytest.raises(MovedOnError, match="nieuwe versie"):
        accept(report=report, version=1, by=project.officer, now=NOW)


def test_while_the_agency_reads_nothing_is_kept(report, project):
    typed = filled_in(report)
    hand_in(report)
    with pytest.raises(MovedOnError, match=r"^Dit verslag is al ingediend\."):
        save_draft(report=report, typed=typed, by=project.coordinator, now=NOW)
