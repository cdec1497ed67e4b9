"""A story goes from draft to the portal and back; what hangs on a consent goes with it."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from huizen.models import Event, Message
from huizen.roles import Role
from projects.actions.consent import forget_names, forget_shown, withdraw_consent
from projects.actions.mainstreaming import (
    MainstreamingError,
    confirm_mainstreaming,
    remove_mainstreaming,
    tell_mainstreaming,
)
from projects.actions.review import accept, request_changes
from projects.actions.story import (
    StoryError,
    begin_story,
    move_story,
    remove_story,
    summaries_of,
    write_story,
)
from projects.flow import acts_of
from projects.models import Consent, Mainstreaming, Story
from projects.showcase import showcase_of
from projects.story_flow import STEPS, StoryAct, may_with
from tests.factories import HouseFactory, MembershipFactory
from tests.projects.builders import make_coordinator
from tests.projects.report_builders import NOW, hand_in, report_of
from tests.projects.story_builders import (
    TODAY,
    make_consent,
    make_evidence,
    make_pictured_story,
    make_stays,
    make_story,
    picture,
)

pytestmark = pytest.mark.django_db
Act, State = StoryAct, Story.State
LATER = NOW + dt.timedelta(days=400)


def move(story, act, by, **more):
    return move_story(story=story, act=act, by=by, now=NOW, **more)


def test_from_draft_to_the_portal_and_off_it(project):
    story = make_story(project, state="draft", published_on=None)
    coordinator, officer = project.coordinator, project.officer
    for act, by in ((Act.PROPOSE, coordinator), (Act.APPROVE, officer), (Act.PUBLISH, coordinator)):
        assert showcase_of(project, today=TODAY).stories == []
        move(story, act, by)
    assert [each.published_on for each in showcase_of(project, today=TODAY).stories] == [TODAY]
    move(story, Act.WITHDRAW, officer)
    assert showcase_of(project, today=TODAY).stories == []
    assert move(story, Act.REWORK, coordinator).state == State.DRAFT
    verbs = ["story_proposed", "story_approved", "story_published", "story_withdrawn", "story_reworked"]
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True))[-5:] == verbs


def test_each_side_hears_what_it_has_to_do(project):
    story = make_story(project, state="draft")
    coordinator, officer = project.coordinator, project.officer
    steps = (
        (Act.PROPOSE, coordinator),
        (Act.RETURN, officer),
        (Act.PROPOSE, coordinator),
        (Act.APPROVE, officer),
    )
    for act, by in steps:
        move(story, act, by, remark="Korter.")
    move(story, Act.PUBLISH, coordinator)
    mails = Message.objects.filter(template="project_story")
    told = sorted((mail.context["act"], mail.recipient, mail.context["remark"]) for mail in mails)
    assert told == [
        ("APPROVE", coordinator.email, ""),
        ("PROPOSE", officer.email, ""),
        ("PROPOSE", officer.email, ""),
        ("RETURN", coordinator.email, "Korter."),
    ]


def test_who_left_the_agency_hears_of_no_story_any_more(project):
    project.officer.memberships.update(ended_at=NOW)
    move(make_story(project, state="draft"), Act.PROPOSE, project.coordinator)
    assert not Message.objects.exists()


def acts_on(story, user):
    return acts_of(STEPS, story.state, may_with(story, user))


def test_only_the_table_says_what_can_be_done(project):
    other = make_coordinator(HouseFactory())
    for state in State:
        story = make_story(project, state=state)
        allowed = {step.act for step in STEPS if step.start == state}
        assert acts_on(story, project.coordinator) | acts_on(story, project.officer) == allowed
        assert acts_on(story, other) == set()
        for act in set(Act) - allowed:
            with pytest.raises(StoryError):
                move(story, act, project.coordinator)


def test_nobody_approves_her_own_story(project):
    story = make_story(project, state="proposed")
    with pytest.raises(StoryError):
        move(story, Act.APPROVE, project.coordinator)
    with pytest.raises(StoryError):
        move(make_story(project, state="approved"), Act.PUBLISH, project.officer)


def test_the_agency_says_what_should_be_otherwise(project):
    story = make_story(project, state="proposed")
    with pytest.raises(StoryError, match=r"^Zeg wat er anders moet"):
        move(story, Act.RETURN, project.officer, remark="  ")
    assert move(story, Act.RETURN, project.officer, remark="Korter.").remark == "Korter."
    move(story, Act.PROPOSE, project.coordinator)
    story.refresh_from_db()
    assert (story.state, story.remark) == ("proposed", "")


def test_a_double_click_is_one_act(project):
    story = make_story(project, state="approved")
    move(story, Act.PUBLISH, project.coordinator)
    with pytest.raises(StoryError, match="dit verhaal is staat op het portaal"):
        move(story, Act.PUBLISH, project.coordinator)


def test_the_five_lines_of_an_accepted_report_begin_a_story(project):
    version = hand_in(report_of(project), summary="Meer gezinnen.\n\nMeer ouders.")
    assert summaries_of(project) == []
    accept(report=version.report, version=1, by=project.officer, now=NOW)
    story = begin_story(project=project, version=version, by=project.coordinator, now=NOW)
    assert (story.state, story.body, story.from_version) == (
        "draft",
        "Meer gezinnen.\n\nMeer ouders.",
        version,
    )
    with pytest.raises(StoryError):
        begin_story(project=project, version=version, by=project.coordinator, now=NOW)
    assert summaries_of(project) == []


def test_a_report_that_was_given_back_begins_no_story(project):
    version = hand_in(report_of(project))
    ask = {"text": "Nog.", "points": [("summary", "Meer.")], "by": project.officer, "now": NOW}
    request_changes(report=version.report, version=1, **ask)
    with pytest.raises(StoryError):
        begin_story(project=project, version=version, by=project.coordinator, now=NOW)


def test_a_draft_alone_is_written(project):
    story = make_story(project, state="published")
    with pytest.raises(StoryError, match="geen ontwerp meer"):
        write_story(story=story, facts={"title": "Anders"}, by=project.coordinator, now=NOW)


def test_another_image_takes_the_place_of_the_first_and_its_file(project, django_capture_on_commit_callbacks):
    story = make_pictured_story(project, state="draft")
    storage, old = story.image.storage, story.image.name
    image = ContentFile(picture("WEBP"), "b.webp")
    with django_capture_on_commit_callbacks(execute=True):
        kept = write_story(story=story, facts={}, image=image, by=project.coordinator, now=NOW)
    assert (storage.exists(old), storage.exists(kept.image.name)) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        bare = write_story(story=story, facts={}, without_image=True, by=project.coordinator, now=NOW)
    assert (bare.image.name, bare.alt_text, storage.exists(kept.image.name)) == ("", "", False)


@pytest.mark.parametrize(
    "facts", [{"purpose": "report"}, {"until": TODAY - dt.timedelta(days=1)}, {"withdrawn_at": NOW}]
)
def test_a_consent_that_does_not_hold_for_everybody_stops_it(project, facts):
    story = make_story(project, state="approved", consent=make_consent(project, **facts))
    with pytest.raises(StoryError, match="toestemming"):
        move(story, Act.PUBLISH, project.coordinator)


def test_the_database_wants_a_consent_with_an_image_and_https_for_a_film(project):
    for facts in (
        {"image": "verhalen/a.webp", "alt_text": "x"},
        {"film_url": "http://film.voorbeeld.example/"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_story(project, **facts)


def test_withdrawing_a_consent_takes_all_of_it_away_at_once(project, django_capture_on_commit_callbacks):
    consent = make_consent(project)
    story = make_pictured_story(project, consent=consent)
    photo = make_evidence(report_of(project), by=project.coordinator, consent=consent)
    files = [(each.storage, each.name) for each in (story.image, photo.file)]
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(consent=consent, by=project.coordinator, now=NOW)
        withdraw_consent(consent=consent, by=project.coordinator, now=LATER)
    for row in (story, photo, consent):
        row.refresh_from_db()
    assert (story.state, story.image.name, story.alt_text) == ("withdrawn", "", "")
    assert (photo.file.name, photo.erased_at, consent.withdrawn_at) == ("", NOW, NOW)
    assert [storage.exists(name) for storage, name in files] == [False, False]
    assert Event.objects.filter(verb="consent_withdrawn").count() == 1
    with pytest.raises(StoryError):
        move(story, Act.PUBLISH, project.coordinator)


def test_another_consent_is_left_alone(project):
    story = make_pictured_story(project)
    withdraw_consent(consent=make_consent(project), by=project.coordinator, now=NOW)
    assert [each.pk for each in showcase_of(project, today=TODAY).stories] == [story.pk]


def test_the_night_takes_away_what_is_over_and_later_the_name(project):
    story = make_pictured_story(project)
    consent = story.consent
    assert forget_shown(before=NOW, now=NOW) == 0
    day = dt.datetime.combine(consent.until + dt.timedelta(days=2), dt.time(), dt.UTC)
    assert (forget_shown(before=day, now=day), forget_shown(before=day, now=day)) == (1, 0)
    story.refresh_from_db()
    assert (story.state, story.image.name) == ("withdrawn", "")
    assert (forget_names(before=day, now=day), forget_names(before=day, now=day)) == (1, 0)
    assert Consent.objects.get().given_by == ""


def test_a_draft_is_thrown_away_and_nothing_more(project):
    with pytest.raises(StoryError, match="Haal het verhaal eerst van het portaal"):
        remove_story(story=make_story(project), by=project.coordinator, now=NOW)
    draft = make_story(project, state="draft")
    remove_story(story=draft, by=project.coordinator, now=NOW)
    with pytest.raises(StoryError, match="intussen weg"):
        remove_story(story=draft, by=project.coordinator, now=NOW)


def test_a_draft_is_hers_alone(project):
    other = make_coordinator(HouseFactory())
    staff = MembershipFactory(house=project.house, role=Role.STAFF).user
    draft, proposed = make_story(project, state="draft"), make_story(project, state="proposed")
    seen = {
        who: set(Story.objects.visible_to(who))
        for who in (project.coordinator, project.officer, other, staff)
    }
    assert seen[project.coordinator] == {draft, proposed}
    assert seen[project.officer] == {proposed}
    assert seen[other] == seen[staff] == set()


def told(**facts):
    return {"part": "Oudercafé", "state": "partly", "since": TODAY, "sentence": "Met vrijwilligers."} | facts


def test_what_stays_is_confirmed_again_once_it_changes(project):
    facts = {"by": project.coordinator, "now": NOW}
    row = tell_mainstreaming(row=Mainstreaming(project=project), facts=told(), **facts)
    confirm_mainstreaming(row=row, seen=row.told_at, by=project.officer, now=NOW)
    assert tell_mainstreaming(row=row, facts=told(), **facts).confirmed_at == NOW
    changed = tell_mainstreaming(row=row, facts=told(state="stays"), by=project.coordinator, now=LATER)
    assert (changed.confirmed_at, changed.told_at) == (None, LATER)
    with pytest.raises(MainstreamingError, match="veranderde dit intussen"):
        confirm_mainstreaming(row=row, seen=NOW, by=project.officer, now=LATER)
    confirm_mainstreaming(row=row, seen=LATER, by=project.officer, now=LATER)
    assert showcase_of(project, today=TODAY).stays == [row]


def test_what_is_gone_is_gone_once(project):
    row = make_stays(project)
    remove_mainstreaming(row=row, by=project.coordinator, now=NOW)
    with pytest.raises(MainstreamingError, match="intussen weg"):
        remove_mainstreaming(row=row, by=project.coordinator, now=NOW)
