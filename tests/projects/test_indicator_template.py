"""Indicators that a programme offers: the agency adds and changes them, and what projects measure with stays."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huizen.models import Event
from huizen.templatetags.logbook import differences
from projects.actions.indicator_template import TemplateError, add_template, edit_template, remove_template
from projects.models import IndicatorTemplate
from tests.projects.builders import make_abb_reader, make_call, make_parent
from tests.projects.report_builders import NOW, make_indicator

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Bereikte gezinnen",
    "definition": "Elk gezin.",
    "unit": "gezinnen",
    "direction": "rise",
    "source": "families",
}


@pytest.fixture
def template(project):
    return add_template(programme=project.call.programme, facts=FACTS, by=project.officer, now=NOW)


def edit(template, by, **facts):
    return edit_template(template=template, facts=FACTS | facts, by=by, now=NOW)


def lists(project) -> str:
    return reverse("call_indicators", args=[project.call_id])


def make(project) -> str:
    return reverse("call_indicator_create", args=[project.call_id])


def page(project, template) -> str:
    return reverse("call_indicator", args=[project.call_id, template.pk])


def test_what_a_project_measures_with_stays(project, template):
    taken = make_indicator(project, template=template, **FACTS)
    with pytest.raises(TemplateError, match=r"^Een project meet hiermee\. De indicator blijft staan\.$"):
        remove_template(template=template, by=project.officer, now=NOW)
    for name, value in {"unit": "kinderen", "direction": "fall", "source": ""}.items():
        with pytest.raises(TemplateError, match=r"^Projecten meten hier al mee\."):
            edit(template, project.officer, **{name: value})
    edit(template, project.officer, name="Gezinnen die kwamen")
    taken.refresh_from_db()
    template.refresh_from_db()
    assert (template.name, template.unit, taken.name) == ("Gezinnen die kwamen", "gezinnen", FACTS["name"])


def test_what_nobody_uses_changes_wholly_and_goes(project, template):
    edit(template, project.officer, unit="kinderen", source="children")
    remove_template(template=template, by=project.officer, now=NOW)
    assert not IndicatorTemplate.objects.exists()
    events = Event.objects.filter(subject_type="projects.indicatortemplate").order_by("pk")
    assert [event.verb for event in events] == ["created", "changed", "removed"]
    assert sorted(differences(events[1])) == [
        "eenheid: gezinnen → kinderen",
        "telt het portaal zelf: gezinnen → kinderen",
    ]
    with pytest.raises(TemplateError, match=r"^Iemand haalde deze indicator intussen weg\.$"):
        remove_template(template=template, by=project.officer, now=NOW)


def test_what_stays_the_same_is_not_logged(project, template):
    edit(template, project.officer)
    assert not Event.objects.filter(verb="changed").exists()


def test_the_agency_keeps_the_indicators_on_a_page(client, project):
    client.force_login(project.officer)
    assert client.post(make(project), FACTS).url == lists(project)
    template = IndicatorTemplate.objects.get()
    text = client.get(lists(project)).content.decode()
    assert "Bereikte gezinnen" in text
    assert page(project, template) in text
    assert client.post(page(project, template), FACTS | {"unit": "ouders"}).url == lists(project)
    template.refresh_from_db()
    assert template.unit == "ouders"
    make_indicator(project, template=template)
    assert "namen deze indicator al over" in client.get(page(project, template)).content.decode()
    gone = client.post(page(project, template), {"weg": "1"}, follow=True)
    assert gone.redirect_chain == [(lists(project), 302)]
    assert "De indicator blijft staan." in gone.content.decode()
    refused = client.post(page(project, template), FACTS | {"definition": "Lang uitgelegd"})
    assert refused.status_code == 422
    assert "Maak een nieuwe indicator." in refused.content.decode()
    assert "Lang uitgelegd" in refused.content.decode()
    template.refresh_from_db()
    assert template.unit == "ouders"


def test_a_name_that_stands_there_already_is_a_mistake_at_the_field(client, project, template):
    client.force_login(project.officer)
    answer = client.post(make(project), FACTS)
    assert answer.context["form"].errors == {"name": ["Deze indicator staat er al."]}
    assert client.post(page(project, template), FACTS).url == lists(project)


@pytest.mark.parametrize("bad", [{"name": ""}, {"unit": "x" * 41}, {"source": "geld"}, {"name": "a\x00b"}])
def test_bad_input_is_said_at_the_field_and_changes_nothing(client, project, bad):
    client.force_login(project.officer)
    answer = client.post(make(project), FACTS | bad)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(bad))
    assert not IndicatorTemplate.objects.exists()


def test_an_indicator_of_another_programme_is_not_found(client, project, template):
    client.force_login(project.officer)
    other = make_call()
    assert client.get(reverse("call_indicator", args=[other.pk, template.pk])).status_code == 404


def test_only_the_agency_comes_there(client, project, template):
    pages = [lists(project), make(project), page(project, template)]
    for user in (project.coordinator, make_abb_reader(), make_parent()):
        client.force_login(user)
        assert {client.get(each).status_code for each in pages} == {403}
        assert {client.post(each, {"weg": "1"}).status_code for each in pages[1:]} == {403}
    client.logout()
    assert client.get(lists(project)).url.startswith("/aanmelden/")
    assert IndicatorTemplate.objects.get() == template


def test_three_indicators_cost_as_much_as_one(client, project, template):
    client.force_login(project.officer)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(lists(project)).status_code == 200
        return len(captured)

    one = queries()
    for name in ("Twee", "Drie"):
        more = FACTS | {"name": name}
        add_template(programme=project.call.programme, facts=more, by=project.officer, now=NOW)
    assert queries() == one
