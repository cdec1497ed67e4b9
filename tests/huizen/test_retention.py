"""People are forgotten in time, and not before."""

import datetime as dt

import pytest

from activities.models import Participant, Registration
from huizen.models import Category, Message, User
from huizen.retention import apply_retention, timed_rules
from tests.factories import (
    NOW,
    FamilyFactory,
    MeetingInvitationFactory,
    MembershipFactory,
    RegistrationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def days(rule: str, extra: int) -> dt.timedelta:
    return dt.timedelta(days=timed_rules()[rule] + extra)


@pytest.mark.parametrize(("extra", "forgotten"), [(-1, False), (1, True)])
def test_names_of_a_sign_up_go_in_time_and_the_count_stays(extra, forgotten):
    registration = RegistrationFactory(places=2)
    Participant.objects.create(registration=registration, first_name="Emma")
    apply_retention(now=registration.session.ends_at + days("registration", extra))
    registration.refresh_from_db()
    assert (registration.name == "", Participant.objects.exists()) == (forgotten, not forgotten)
    assert registration.places == 2


def test_two_sign_ups_of_one_moment_can_both_be_forgotten():
    first = RegistrationFactory()
    RegistrationFactory(session=first.session)
    apply_retention(now=first.session.ends_at + days("registration", 1))
    assert Registration.objects.filter(contact_key="").count() == 2


@pytest.mark.parametrize(("extra", "left"), [(-1, 1), (1, 0)])
def test_the_words_of_a_mail_go_in_time(extra, left):
    Message.objects.create(
        key="k",
        category=Category.CONFIRMATION,
        recipient="a@voorbeeld.example",
        template="t",
        created_at=NOW,
        not_before=NOW,
        state="sent",
        sent_at=NOW,
    )
    apply_retention(now=NOW + days("letters", extra))
    assert Message.objects.exclude(recipient="").count() == left
    assert Message.objects.count() == 1


def test_an_unused_account_goes_with_its_family_and_staff_stay():
    old = NOW - days("account", 1)
    FamilyFactory(user__last_login=old)
    staff = MembershipFactory(user__last_login=old).user
    User.objects.update(date_joined=old)
    newcomer = UserFactory()
    apply_retention(now=NOW)
    assert set(User.objects.all()) == {staff, newcomer}


def test_who_was_asked_to_a_meeting_is_forgotten_and_the_organisation_stays():
    invitation = MeetingInvitationFactory()
    MeetingInvitationFactory(meeting=invitation.meeting)
    apply_retention(now=invitation.meeting.ends_at + days("invitees", 1))
    invitation.refresh_from_db()
    assert (invitation.name, invitation.contact) == ("", None)
    assert invitation.email.endswith("@huizenportaal.invalid")


def test_forgetting_twice_changes_nothing_more():
    RegistrationFactory()
    later = NOW + dt.timedelta(days=4000)
    assert sum(apply_retention(now=later).values()) > 0
    assert sum(apply_retention(now=later).values()) == 0
