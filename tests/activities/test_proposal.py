"""What a partner proposes waits beside what parents read; the coordinator sees the difference and decides."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from activities.actions import proposal as actions
from activities.actions.approval import needs_approval
from activities.actions.approve import approve, present_facts, seen_mark
from activities.actions.forget import forget_proposals
from activities.actions.offer import archive_activity, change_activity
from activities.actions.proposal import ProposalError
from activities.dashboard import proposals_to_decide
from activities.models import Activity, Proposal, Session
from huizen.models import Event, Message
from huizen.roles import Role
from tests.activities.editors import partner_of
from tests.activities.offer_forms import rules
from tests.activities.offer_forms import typed_again as typed
from tests.factories import (
    NOW,
    ActivityFactory,
    LocationFactory,
    MembershipFactory,
    RegistrationFactory,
    ScheduleFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ACTS = ["approve", "ask", "decline", "answer", "take_back"]


@pytest.fixture
def activity(house, partner):
    return ActivityFactory(house=house, organiser=partner.organisation, title="Samen zingen", age_max=300)


@pytest.fixture
def proposal(activity, partner):
    """She wants another title."""
    typed_one = Activity.objects.get(pk=activity.pk)
    typed_one.title = "Samen dansen"
    return change_activity(activity=typed_one, seen_at=None, by=partner.user, now=NOW).proposal


def title_of(activity):
    return Activity.objects.get(pk=activity.pk).title


def agree(proposal, by, chosen=None):
    proposal = Proposal.objects.get(pk=proposal.pk)
    seen = seen_mark(proposal, present_facts(proposal))
    return approve(proposal=proposal, seen=seen, chosen=chosen or {}, by=by, now=NOW)


def url(act, proposal):
    return reverse(f"proposal_{act}", args=[proposal.pk])


# Proposing.
def test_what_parents_read_stays_until_the_coordinator_approves(client, activity, partner, coordinator):
    client.force_login(partner.user)
    response = client.post(reverse("offer_edit", args=[activity.pk]), typed(activity, title="Samen dansen"))
    proposal = Proposal.objects.get()
    assert response.url == url("detail", proposal)
    assert (proposal.facts, proposal.base) == ({"title": "Samen dansen"}, {"title": "Samen zingen"})
    activity.refresh_from_db()
    assert (activity.status, activity.title) == ("published", "Samen zingen")


def test_she_goes_on_with_what_she_proposed_and_it_stays_one_proposal(client, activity, partner, proposal):
    client.force_login(partner.user)
    page = client.get(reverse("offer_edit", args=[activity.pk]))
    assert page.context["form"]["title"].value() == "Samen dansen"
    sent = typed(
        activity, title="Samen dansen", summary="Dans mee.", seen_at=page.context["form"]["seen_at"].value()
    )
    client.post(reverse("offer_edit", args=[activity.pk]), sent)
    assert Proposal.objects.get().facts == {"title": "Samen dansen", "summary": "Dans mee."}


def test_typing_the_old_words_again_takes_the_proposal_back(activity, partner, proposal):
    same = Activity.objects.get(pk=activity.pk)
    assert change_activity(activity=same, seen_at=None, by=partner.user, now=NOW).proposal is None
    assert Proposal.objects.get().state == "taken_back"


def test_a_new_offer_is_a_proposal_as_a_whole(client, house, activity, partner):
    client.force_login(partner.user)
    client.post(reverse("offer_create"), typed(activity, title="Iets nieuws", seen_at=""))
    proposal = Proposal.objects.get()
    assert (proposal.is_new_offer, proposal.activity.status) == (True, "proposed")


def test_there_is_one_open_proposal_for_an_offer(activity, proposal):
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(activity=activity, at=NOW)


def test_who_publishes_in_the_house_needs_no_approval(activity, partner, coordinator):
    assert not needs_approval(coordinator, activity)
    assert needs_approval(partner.user, activity)


def test_an_offer_cannot_be_carried_off_to_a_house_where_she_publishes(activity, partner):
    """A control on the rule: the House that has the offer counts, not only the one that was typed."""
    other = MembershipFactory(user=partner.user, role=Role.STAFF).house
    moved = Activity.objects.get(pk=activity.pk)
    moved.house = other
    change_activity(activity=moved, seen_at=None, by=partner.user, now=NOW)
    activity.refresh_from_db()
    assert activity.house != other
    assert Proposal.objects.get().facts == {"house": other.pk}


# Deciding.
def test_the_difference_is_shown_word_by_word(client, coordinator, proposal):
    client.force_login(coordinator)
    page = client.get(url("detail", proposal)).content.decode()
    assert "<del>zingen</del>" in page
    assert "<ins>dansen</ins>" in page


def test_one_press_puts_it_online_and_tells_the_partner(client, coordinator, partner, proposal, activity):
    client.force_login(coordinator)
    shown = client.get(url("detail", proposal))
    client.post(url("approve", proposal), {"gezien": shown.context["gezien"]})
    proposal.refresh_from_db()
    assert (title_of(activity), proposal.state, proposal.decided_by) == (
        "Samen dansen",
        "approved",
        coordinator,
    )
    assert Message.objects.get(template="proposal_approved").recipient == partner.user.email
    verbs = Event.objects.about(activity).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["proposed", "changed", "approved"]


def test_a_new_offer_goes_online_with_its_approval(coordinator, house, partner):
    new = ActivityFactory(house=house, organiser=partner.organisation, status="proposed")
    ScheduleFactory(activity=new)
    proposal = actions.propose_new(activity=new, by=partner.user, now=NOW)
    agree(proposal, coordinator)
    new.refresh_from_db()
    assert (new.status, Proposal.objects.get().state) == ("published", "approved")


def test_what_changed_since_she_looked_is_not_approved_unseen(coordinator, proposal, activity):
    seen = seen_mark(proposal, present_facts(proposal))
    Activity.objects.filter(pk=activity.pk).update(title="Samen koken")
    with pytest.raises(ProposalError, match="Kijk eerst"):
        approve(proposal=proposal, seen=seen, chosen={}, by=coordinator, now=NOW)
    assert title_of(activity) == "Samen koken"


@pytest.mark.parametrize(("chosen", "title"), [("present", "Samen koken"), ("proposed", "Samen dansen")])
def test_where_the_offer_changed_meanwhile_she_chooses(coordinator, proposal, activity, chosen, title):
    Activity.objects.filter(pk=activity.pk).update(title="Samen koken")
    with pytest.raises(ProposalError, match="Kies wat blijft"):
        agree(proposal, coordinator)
    agree(proposal, coordinator, {"title": chosen})
    assert title_of(activity) == title


def test_the_page_asks_what_stays_where_the_offer_changed(client, coordinator, proposal, activity):
    client.force_login(coordinator)
    Activity.objects.filter(pk=activity.pk).update(title="Samen koken")
    page = client.get(url("detail", proposal)).content.decode()
    assert "Intussen gewijzigd" in page
    assert 'name="keuze-title"' in page


def test_what_others_changed_elsewhere_stays(coordinator, proposal, activity):
    Activity.objects.filter(pk=activity.pk).update(summary="Nieuwe zin.")
    agree(proposal, coordinator)
    activity.refresh_from_db()
    assert (activity.title, activity.summary) == ("Samen dansen", "Nieuwe zin.")


def test_what_is_no_longer_possible_is_refused_and_nothing_is_kept(coordinator, proposal, activity):
    gone = LocationFactory(house=activity.house)
    Proposal.objects.filter(pk=proposal.pk).update(
        facts={"location": gone.pk, "title": "Samen dansen"}, base={"location": None, "title": "Samen zingen"}
    )
    gone.delete()
    proposal.refresh_from_db()
    with pytest.raises(Exception, match="Dit kan niet meer"):
        agree(proposal, coordinator)
    assert (title_of(activity), Proposal.objects.get().state) == ("Samen zingen", "waiting")


def test_a_question_goes_by_mail_and_comes_back_answered(client, coordinator, partner, proposal):
    client.force_login(coordinator)
    client.post(url("ask", proposal), {"question": "Voor welke leeftijd?"})
    mail = Message.objects.get(template="proposal_question")
    assert (mail.recipient, mail.context["question"]) == (partner.user.email, "Voor welke leeftijd?")
    assert url("detail", proposal) in mail.context["link"]
    client.force_login(partner.user)
    client.post(url("answer", proposal), {"text": "Voor kleuters."})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == ("waiting", "Voor kleuters.")


def test_changing_the_proposal_answers_the_question_too(activity, coordinator, partner, proposal):
    actions.ask_back(proposal=proposal, question="Zeker?", by=coordinator, now=NOW)
    again = Activity.objects.get(pk=activity.pk)
    again.title = "Samen dansen en zingen"
    change_activity(activity=again, seen_at=None, by=partner.user, now=NOW)
    assert Proposal.objects.get().state == "waiting"


def test_a_no_has_a_reason_and_the_old_words_stay(client, coordinator, partner, proposal, activity):
    client.force_login(coordinator)
    client.post(url("decline", proposal), {"reason": "Dansen is bij ons vol."})
    proposal.refresh_from_db()
    assert (proposal.state, title_of(activity)) == ("declined", "Samen zingen")
    assert Message.objects.get(template="proposal_declined").context["reason"] == "Dansen is bij ons vol."


def test_a_new_offer_that_is_not_approved_stays_with_her_as_a_draft(coordinator, house, partner):
    new = ActivityFactory(house=house, organiser=partner.organisation, status="proposed")
    proposal = actions.propose_new(activity=new, by=partner.user, now=NOW)
    actions.decline(proposal=proposal, reason="Nog niet.", by=coordinator, now=NOW)
    new.refresh_from_db()
    assert new.status == "draft"


def test_she_takes_it_back(client, partner, proposal, activity):
    client.force_login(partner.user)
    client.post(url("take_back", proposal))
    proposal.refresh_from_db()
    assert (proposal.state, title_of(activity)) == ("taken_back", "Samen zingen")


def test_nobody_decides_twice(coordinator, proposal):
    agree(proposal, coordinator)
    for act, more in (
        (actions.decline, {"reason": "x"}),
        (actions.ask_back, {"question": "x"}),
        (actions.take_back, {}),
    ):
        with pytest.raises(ProposalError, match="al beslist"):
            act(proposal=proposal, by=coordinator, now=NOW, **more)


@pytest.mark.parametrize(("act", "field"), [("ask", "question"), ("decline", "reason")])
def test_nothing_is_sent_without_words(client, coordinator, proposal, act, field):
    client.force_login(coordinator)
    for sent in ("", "a\x00b", "x" * 900):
        response = client.post(url(act, proposal), {field: sent})
        assert response.status_code == 200
        assert field in response.context[f"{'question' if act == 'ask' else 'decline'}_form"].errors
    assert Message.objects.count() == 0


def test_an_offer_that_goes_away_takes_its_proposal_along(activity, coordinator, proposal):
    archive_activity(activity=activity, by=coordinator, now=NOW)
    proposal.refresh_from_db()
    assert proposal.state == "taken_back"


# When it is.
def test_other_days_are_proposed_and_families_hear_it_when_they_are_approved(
    client, activity, partner, coordinator
):
    start = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + dt.timedelta(days=3)
    rule = ScheduleFactory(activity=activity, dates=[start.date()])
    session = SessionFactory(activity=activity, schedule=rule, original_start=start)
    RegistrationFactory(session=session, email="ouder@voorbeeld.example")
    client.force_login(partner.user)
    later = start + dt.timedelta(days=7)
    one = {
        "id": rule.pk,
        "kind": "once",
        "dates": f"{later:%d/%m/%Y}",
        "starts_at": "09:00",
        "ends_at": "12:00",
        "every_weeks": "1",
    }
    client.post(reverse("offer_schedule", args=[activity.pk]), rules(one, saved=1))
    assert Session.objects.get().starts_at == session.starts_at
    client.force_login(coordinator)
    shown = client.get(url("detail", Proposal.objects.get()))
    assert "krijgt een mail" in shown.content.decode()
    client.post(url("approve", Proposal.objects.get()), {"gezien": shown.context["gezien"]})
    moved = Session.objects.get()
    assert (moved.pk, moved.starts_at, moved.ical_sequence) == (session.pk, later, 1)
    assert Message.objects.get(template="schedule_changed").recipient == "ouder@voorbeeld.example"


# Who may do what.
def test_others_see_nothing_of_it(client, proposal):
    for user in (MembershipFactory().user, partner_of(proposal.activity.house).user):
        client.force_login(user)
        assert client.get(url("detail", proposal)).status_code == 404
        assert "Samen" not in client.get(reverse("proposal_list")).content.decode()
        for act in ACTS:
            assert client.post(url(act, proposal)).status_code in (403, 404)


def test_strangers_sign_in_and_parents_are_refused(client, proposal):
    assert client.get(url("detail", proposal)).status_code == 302
    client.force_login(UserFactory())
    assert client.get(url("detail", proposal)).status_code == 403
    for act in ACTS:
        assert client.post(url(act, proposal)).status_code == 403


@pytest.mark.parametrize("act", ["approve", "ask", "decline"])
def test_a_partner_does_not_decide_on_her_own_proposal(client, partner, proposal, activity, act):
    client.force_login(partner.user)
    seen = client.get(url("detail", proposal)).context["gezien"]
    sent = {"gezien": seen, "question": "x", "reason": "x"}
    assert client.post(url(act, proposal), sent).status_code == 403
    assert (title_of(activity), Proposal.objects.get().state) == ("Samen zingen", "waiting")


def test_staff_leave_the_decision_to_the_coordinator(house, proposal):
    staff = MembershipFactory(house=house, role=Role.STAFF).user
    with pytest.raises(ProposalError, match="coördinator"):
        agree(proposal, staff)


@pytest.mark.parametrize("act", ACTS)
def test_looking_changes_nothing(client, coordinator, proposal, act):
    client.force_login(coordinator)
    assert client.get(url(act, proposal)).status_code == 405


# The desk and the list.
def test_the_desk_takes_the_coordinator_straight_to_the_one_that_waits(coordinator, partner, proposal):
    (tile,) = proposals_to_decide(coordinator, NOW)
    assert (tile.title, tile.count, tile.url) == ("Voorstellen", 1, url("detail", proposal))
    assert list(proposals_to_decide(partner.user, NOW)) == []
    actions.ask_back(proposal=proposal, question="Zeker?", by=coordinator, now=NOW)
    (tile,) = proposals_to_decide(partner.user, NOW)
    assert tile.title == "Vraag over je voorstel"
    assert list(proposals_to_decide(coordinator, NOW)) == []


def test_the_list_takes_the_same_queries_with_one_and_three(
    client, coordinator, partner, house, django_assert_max_num_queries
):
    client.force_login(coordinator)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            new = ActivityFactory(house=house, organiser=partner.organisation, status="proposed")
            actions.propose_new(activity=new, by=partner.user, now=NOW)
        with django_assert_max_num_queries(10) as queries:
            client.get(reverse("proposal_list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_year_after_the_decision_it_is_forgotten(coordinator, proposal):
    agree(proposal, coordinator)
    assert forget_proposals(before=NOW, now=NOW) == 0
    assert forget_proposals(before=NOW + dt.timedelta(seconds=1), now=NOW) == 1
