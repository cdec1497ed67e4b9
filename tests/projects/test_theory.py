"""The theory of change: never in a circle, all of it in the list, and a drawing in which nothing overlaps."""

import itertools
import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from projects.actions.review import accept
from projects.models import ObjectivePartner
from projects.theory import Rung, Step, makes_a_circle, theory_of
from projects.theory_picture import LETTERS, WIDTH, Box, lines_of, picture_of
from tests.factories import OrganisationFactory
from tests.projects.builders import make_objective, make_officer
from tests.projects.plan_builders import make_result, unhurried
from tests.projects.report_builders import NOW, hand_in, make_indicator, make_reporting_project, report_of

keys = st.integers(1, 8)


@given(asked=st.lists(st.tuples(keys, st.none() | keys), max_size=40))
@unhurried
def test_whatever_is_asked_what_is_allowed_never_comes_back_to_itself(asked):
    leads_to: dict[int, int | None] = {}
    for result, to in asked:
        if makes_a_circle(leads_to, result=result, to=to):
            # What is refused would have been one: from where it leads, one comes back.
            assert result in list(walk(leads_to | {result: to}, to))
        else:
            leads_to[result] = to
    for start in leads_to:
        assert len(list(walk(leads_to, start))) <= len(leads_to) + 1


def walk(leads_to, start):
    """Where one comes from a result, at most as many steps as there are results and a few more."""
    for _ in range(len(leads_to) + 5):
        if start is None:
            return
        yield start
        start = leads_to.get(start)


words = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=300)
steps = st.recursive(
    st.builds(Step, st.just(Rung.INDICATOR), words, said=words),
    lambda inner: st.builds(
        lambda rung, text, children: Step(rung, text, children=children),
        st.sampled_from(Rung),
        words,
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


def count(step: Step) -> int:
    return 1 + sum(map(count, step.children))


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + WIDTH <= other.x or other.x + WIDTH <= one.x
    below = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not (beside or below)


@given(theory=steps)
@unhurried
def test_no_two_steps_overlap_and_every_step_lies_in_the_drawing(theory):
    picture = picture_of(theory)
    assert len(picture.boxes) == count(theory)
    assert not any(itertools.starmap(overlap, itertools.combinations(picture.boxes, 2)))
    for box in picture.boxes:
        assert 0 <= box.x <= picture.width - WIDTH
        assert 0 <= box.y <= picture.height - box.height


@given(theory=steps)
@unhurried
def test_every_arrow_goes_from_a_step_to_the_one_left_of_it(theory):
    picture = picture_of(theory)
    assert len(picture.arrows) == count(theory) - 1
    for arrow in picture.arrows:
        assert arrow.start in picture.boxes
        assert arrow.end in picture.boxes
        assert arrow.start.step in arrow.end.step.children
        assert arrow.end.x + WIDTH < arrow.start.x


@given(text=words)
def test_a_text_is_broken_in_lines_that_fit(text):
    lines = lines_of(text)
    assert len(lines) <= 7
    assert all(len(line) <= LETTERS for line in lines)


@given(theory=steps)
@unhurried
def test_the_words_of_a_step_stand_inside_it_one_below_the_other(theory):
    for box in picture_of(theory).boxes:
        feet = [int(re.search(r'y="(\d+)"', row.at)[1]) for row in box.rows]
        assert feet == sorted(set(feet))
        assert box.y + 8 < feet[0] <= feet[-1] < box.y + box.height


@pytest.fixture
def project(db):
    """An outcome, an output that makes it possible with an indicator, and an output of its own."""
    project = make_reporting_project(impact="Elk gezin vindt hulp.")
    objective = project.objectives.get()
    outcome = make_result(objective, "Gezinnen kennen elkaar", "outcome", assumption="de bus rijdt")
    indicator = make_indicator(project)
    indicator.result.contributes_to = outcome
    indicator.result.save()
    make_result(objective, "We bellen aan")
    return project


def texts(step: Step) -> list:
    return [step.text, *map(texts, step.children)]


def test_from_impact_over_what_changes_to_what_is_counted(project):
    assert texts(theory_of(project)) == [
        "Elk gezin vindt hulp.",
        [
            "1. Meer gezinnen",
            ["Gezinnen kennen elkaar", ["We bereiken gezinnen", ["Indicator 1"]]],
            ["We bellen aan"],
        ],
    ]


def test_the_signal_of_an_objective_and_how_far_an_indicator_is(project):
    report, objective = report_of(project), project.objectives.get()
    assert theory_of(project).children[0].said == ""
    hand_in(report, **{f"signal_{objective.pk}": "attention"})
    step = theory_of(project).children[0]
    assert (step.said, step.shade) == ("vraagt aandacht", "warning")
    assert step.children[0].children[0].children[0].said == "nog geen cijfer"
    accept(report=report, version=1, by=project.officer, now=NOW)
    assert theory_of(project).children[0].children[0].children[0].children[0].said == "100 % op weg, jaar 1"


def test_everybody_reads_no_doubts_no_partners_and_no_signals(project):
    objective = project.objectives.get()
    partner = ObjectivePartner.objects.create(
        objective=objective, organisation=OrganisationFactory(name="De school"), role="leads"
    )
    hand_in(report_of(project), **{f"signal_{objective.pk}": "off_track"})
    own, public = theory_of(project).children[0], theory_of(project, public=True).children[0]
    assert (own.said, own.notes) == ("loopt vast", [str(partner)])
    assert own.children[0].notes == ["Dit lukt alleen als de bus rijdt"]
    assert (public.said, public.notes, public.children[0].notes) == ("", [], [])
    assert texts(public) == texts(own)


def test_where_nothing_is_said_there_is_no_theory(db):
    project = make_reporting_project()
    assert theory_of(project) is None
    project.impact = "Elk gezin vindt hulp."
    assert texts(theory_of(project)) == ["Elk gezin vindt hulp.", ["1. Meer gezinnen"]]


def test_the_page_shows_the_list_and_the_same_drawn(client, project):
    page = reverse("project_theory", args=[project.slug])
    for user in (project.coordinator, make_officer()):
        client.force_login(user)
        text = client.get(page).content.decode()
        assert text.index("theory-list") < text.index('class="theory"')
        assert text.count('<g class="theory-box') == 6
        assert "Dit lukt alleen als de bus rijdt" in text
        assert "style=" not in text


def test_without_a_theory_the_page_says_what_to_do(client, db):
    project = make_reporting_project()
    client.force_login(project.coordinator)
    text = client.get(reverse("project_theory", args=[project.slug])).content.decode()
    assert "Nog geen veranderingstheorie" in text
    assert "theory-box" not in text


def test_everybody_sees_it_on_the_page_of_a_public_project(client, project):
    page = reverse("project_detail", args=[project.slug])
    text = client.get(page).content.decode()
    assert "Gezinnen kennen elkaar" in text
    assert "de bus rijdt" not in text
    make_result(project.objectives.get(), "We luisteren")
    assert "We luisteren" in client.get(page).content.decode()
    project.status = "submitted"
    project.save()
    assert client.get(page).status_code == 404


def test_a_public_project_without_one_keeps_its_page_as_it_was(client, db):
    text = client.get(reverse("project_detail", args=[make_reporting_project().slug])).content.decode()
    assert "Hoe het project verandering brengt" not in text
    assert "theory.css" not in text


def test_more_steps_cost_no_more_queries(client, project, django_assert_num_queries):
    with django_assert_num_queries(6):
        theory_of(project)
    for number in (2, 3):
        objective = make_objective(project, number)
        ObjectivePartner.objects.create(objective=objective, organisation=OrganisationFactory(), role="helps")
        outcome = make_result(objective, "Anders", "outcome")
        for _ in range(3):
            make_result(objective, "We doen", contributes_to=outcome).indicators.create(
                name="Aantal", unit="keer"
            )
    with django_assert_num_queries(6):
        theory_of(project)
