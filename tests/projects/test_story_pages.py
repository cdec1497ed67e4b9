"""The pages on which a project writes for everybody, and the agency reads along."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.actions.review import accept
from projects.models import Mainstreaming, Story
from tests.factories import HouseFactory
from tests.projects.builders import make_abb_reader, make_coordinator, make_parent
from tests.projects.report_builders import NOW, hand_in, make_reporting_project, report_of
from tests.projects.story_builders import (
    make_consent,
    make_pictured_story,
    make_stays,
    make_story,
    picture,
    sent,
)

pytestmark = pytest.mark.django_db
FAR = dt.date(2100, 1, 1)


@pytest.fixture
def writes(client, project):
    client.force_login(project.coordinator)
    return client


def at(name, *args):
    return reverse(name, args=args)


def typed(**facts):
    return {
        "title": "De tafel",
        "body": "Eén.\n\nTwee.",
        "learned": "",
        "film_url": "",
        "alt_text": "",
        **facts,
    }


def test_a_story_is_written_with_an_image_and_a_film(writes, project):
    consent = make_consent(project, until=FAR)
    data = typed(film_url="film.voorbeeld.example/1", alt_text="Een tafel.", consent=consent.pk)
    answer = writes.post(at("story_create", project.slug), data | {"image": sent(picture(), "tafel.jpg")})
    story = Story.objects.get()
    assert answer.url == at("story_detail", story.pk)
    assert (story.film_url, story.state, story.consent) == (
        "https://film.voorbeeld.example/1",
        "draft",
        consent,
    )
    page = writes.get(answer.url).content.decode()
    assert "<p>Eén.</p>" in page
    assert 'alt="Een tafel."' in page
    assert writes.get(at("story_picture", story.pk))["Content-Type"] == "image/webp"
    edit = at("story_edit", story.pk)
    writes.post(edit, data | {"title": "Anders"})
    story.refresh_from_db()
    assert (story.title, bool(story.image)) == ("Anders", True)
    writes.post(edit, typed(without_image="on"))
    story.refresh_from_db()
    assert (story.image.name, story.consent) == ("", None)
    assert writes.get(at("story_picture", story.pk)).status_code == 404


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"film_url": "javascript:alert(1)"}, "film_url"),
        ({"film_url": "http://film.voorbeeld.example/"}, "film_url"),
        ({"body": ""}, "body"),
        ({"title": "a\x00b"}, "title"),
        ({"body": "x" * 5000}, "body"),
        ({"consent": "9" * 30}, "consent"),
    ],
)
def test_bad_input_is_told_at_the_field(writes, project, facts, field):
    answer = writes.post(at("story_create", project.slug), typed(**facts))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Story.objects.exists()


def test_an_image_asks_words_and_a_consent(writes, project):
    answer = writes.post(at("story_create", project.slug), typed(image=sent(picture(), "a.jpg")))
    assert sorted(answer.context["form"].errors) == ["alt_text", "consent"]


def test_a_consent_of_another_project_or_purpose_is_no_choice(writes, project):
    for consent in (
        make_consent(make_reporting_project(), until=FAR),
        make_consent(project, until=FAR, purpose="report"),
    ):
        answer = writes.post(at("story_create", project.slug), typed(consent=consent.pk))
        assert list(answer.context["form"].errors) == ["consent"]


def test_one_button_makes_a_story_of_the_five_lines(writes, project):
    version = hand_in(report_of(project), summary="Meer gezinnen.\nMeer ouders.")
    listed = at("story_list", project.slug)
    assert "Maak er een verhaal van" not in writes.get(listed).content.decode()
    accept(report=version.report, version=1, by=project.officer, now=NOW)
    assert "Maak er een verhaal van" in writes.get(listed).content.decode()
    begin = at("story_begin", project.slug)
    answer = writes.post(begin, {"versie": version.pk})
    assert answer.url == at("story_edit", Story.objects.get().pk)
    assert "Meer gezinnen.\n\nMeer ouders." in writes.get(answer.url).content.decode()
    assert writes.post(begin, {"versie": version.pk}).url == listed
    assert {writes.post(begin, {"versie": bad}).status_code for bad in ("", "x", "9" * 40)} == {404}


def test_the_buttons_lead_from_hand_to_hand(writes, project):
    story = make_story(project, state="draft")
    move, page = at("story_move", story.pk), at("story_detail", story.pk)

    def press(user, act, **more):
        writes.force_login(user)
        return writes.post(move, {"doe": act, **more})

    assert "Leg voor aan Opgroeien" in writes.get(page).content.decode()
    assert press(project.coordinator, "leg-voor").url == page
    assert press(project.officer, "vraag", remark="Korter.").url == at("story_list", project.slug)
    assert press(project.officer, "keur-goed").status_code == 404
    writes.force_login(project.coordinator)
    assert "Korter." in writes.get(page).content.decode()
    for user, act in (
        (project.coordinator, "leg-voor"),
        (project.officer, "keur-goed"),
        (project.coordinator, "publiceer"),
    ):
        assert press(user, act).status_code == 302
    assert story.body in writes.get(at("project_detail", project.slug)).content.decode()
    assert press(project.officer, "haal-weg").url == page
    assert story.body not in writes.get(at("project_detail", project.slug)).content.decode()


def test_what_cannot_be_is_said_and_changes_nothing(writes, project):
    story = make_story(project, state="draft")
    move = at("story_move", story.pk)
    assert "Dat kan niet meer" in writes.post(move, {"doe": "publiceer"}, follow=True).content.decode()
    assert writes.post(move, {"doe": "verzin"}).status_code == 404
    assert writes.post(move, {"doe": "leg-voor", "remark": "x" * 700}).status_code == 422
    story.refresh_from_db()
    assert story.state == "draft"
    assert writes.get(at("story_edit", make_story(project).pk)).status_code == 302


def test_a_draft_is_thrown_away_with_a_button(writes, project):
    published, draft = make_story(project), make_story(project, state="draft")
    writes.post(at("story_remove", published.pk))
    writes.post(at("story_remove", draft.pk))
    assert Story.objects.get() == published


def stays(**facts):
    return {
        "part": "Oudercafé",
        "state": "partly",
        "since": "2026-01-01",
        "sentence": "Met vrijwilligers.",
        **facts,
    }


def test_what_stays_is_told_confirmed_and_taken_away(writes, project):
    create, listed = at("mainstreaming_create", project.slug), at("story_list", project.slug)
    assert writes.post(create, stays()).url == listed
    row = Mainstreaming.objects.get()
    assert writes.post(create, stays()).status_code == 422
    writes.force_login(project.officer)
    assert "Bevestig" in writes.get(listed).content.decode()
    confirm = at("mainstreaming_confirm", row.pk)
    for seen in ("", "morgen", "2026-99-99T99:99"):
        writes.post(confirm, {"gezien": seen})
        row.refresh_from_db()
        assert row.confirmed_at is None
    writes.post(confirm, {"gezien": row.told_at.isoformat()})
    row.refresh_from_db()
    assert row.confirmed_by == project.officer
    writes.force_login(project.coordinator)
    edit = at("mainstreaming_edit", row.pk)
    assert "Opgroeien bevestigde dit" in writes.get(edit).content.decode()
    assert writes.post(edit, stays(since="1066-01-01")).status_code == 422
    writes.post(edit, stays(state="stays"))
    row.refresh_from_db()
    assert (row.state, row.confirmed_at) == ("stays", None)
    writes.post(at("mainstreaming_remove", row.pk))
    assert not Mainstreaming.objects.exists()


def test_with_nothing_there_the_page_shows_the_way_on(writes, project):
    page = writes.get(at("story_list", project.slug)).content.decode()
    assert "Nog geen verhaal" in page
    assert "Nog niets gezegd" in page


def test_others_find_nothing(client, project):
    story, row = make_pictured_story(project, state="draft"), make_stays(project)
    slug = project.slug
    gets = [at("story_list", slug), at("story_detail", story.pk), at("story_picture", story.pk)]
    gets += [at("story_edit", story.pk), at("story_create", slug), at("mainstreaming_create", slug)]
    gets += [at("mainstreaming_edit", row.pk)]
    posts = [at(name, story.pk) for name in ("story_move", "story_remove", "story_edit")]
    posts += [at("story_begin", slug), at("mainstreaming_remove", row.pk), at("story_create", slug)]
    for user, code in (
        (make_coordinator(HouseFactory()), 404),
        (make_abb_reader(), 403),
        (make_parent(), 403),
    ):
        client.force_login(user)
        assert {client.get(address).status_code for address in gets} == {code}
        assert {client.post(address, {"doe": "leg-voor"}).status_code for address in posts} == {code}
    confirm = at("mainstreaming_confirm", row.pk)
    client.force_login(project.coordinator)
    assert client.post(confirm).status_code == 403
    client.logout()
    assert all(client.get(address).url.startswith("/aanmelden/") for address in gets)
    client.force_login(project.officer)
    assert {client.get(address).status_code for address in (confirm, posts[0])} == {405}


def test_three_of_each_cost_as_much_as_one(writes, project):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert writes.get(at("story_list", project.slug)).status_code == 200
        return len(captured)

    make_story(project)
    make_stays(project)
    one = queries()
    for _ in range(2):
        make_story(project)
        make_stays(project)
    assert queries() == one
