"""Whatever somebody types in an address or a form, the portal answers; it never breaks."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from huizen.links import sign
from tests.factories import (
    ActivityFactory,
    HouseFactory,
    MeetingInvitationFactory,
    MembershipFactory,
    ProjectFactory,
    RegistrationFactory,
    SeriesFactory,
    SessionFactory,
)
from tests.test_architecture import VIEWS, address

pytestmark = pytest.mark.django_db

ODD = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.sampled_from(
        ["\x00", "9" * 40, "-1", "1e309", "NaN", "400", "1900-01-01", "' OR 1=1 --", "<script>", "%00", "२०"]
    ),
)
#: What the pages read from their address.
NAMES = [
    "q",
    "plaats",
    "straal",
    "leeftijd",
    "wanneer",
    "dag",
    "deel",
    "element",
    "gratis",
    "vrij",
    "geboren",
    "alle",
    "straks",
    "van",
    "tot",
    "taal",
    "nederlands",
    "rolstoel",
    "soort",
    "stap",
    "lat",
    "lon",
    "vraag",
    "volgorde",
    "pagina",
    "provincie",
    "vorm",
    "huis",
    "status",
    "toestand",
    "rol",
    "domein",
    "kopie",
    "next",
    "day",
    "activiteit",
    "vanaf",
    "toon",
    "kwaliteit",
    "p",
]
PUBLIC = sorted(
    {
        address(route)
        for route, view in VIEWS
        if getattr(view, "access", None) == "public" and "<" not in route
    }
)
#: The first time on a machine, Hypothesis makes its tables of characters while it thinks up the first text.
unhurried = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("path", PUBLIC)
@given(asked=st.dictionaries(st.sampled_from(NAMES), ODD, max_size=5))
@example(asked={"pagina": "9999999", "leeftijd": "400", "plaats": "99999", "bestaat-niet": "1"})
@example(asked=dict.fromkeys(NAMES, "\x00"))
@unhurried
def test_no_address_breaks_a_public_page(client, path, asked):
    ActivityFactory()
    assert client.get(path, asked).status_code < 500


@pytest.mark.parametrize(
    "name",
    [
        "activity_detail",
        "house_detail",
        "project_detail",
        "registration_manage",
        "series_manage",
        "spot_watch_stop",
        "news_stop",
        "feedback_give",
        "meeting_answer",
        "agenda_propose",
        "minutes_read",
        "action_answer",
        "check_answer",
        "letter",
    ],
)
@pytest.mark.parametrize("key", ["x" * 300, "bestaat-niet", "~", "a~b", "é", "..%2f..", "0"])
def test_no_forged_link_breaks_a_page(client, name, key):
    assert client.get(reverse(name, args=["x"]).replace("x", key)).status_code in {404, 410}


@pytest.mark.parametrize("number", ["0", "99999999999999999999999999"])
def test_no_number_breaks_a_page_of_a_moment(client, number):
    for tail in ("inschrijven/", "agenda.ics", "laat-weten/"):
        assert client.get(f"/momenten/{number}/{tail}").status_code == 404
    for tail in ("plaats-houden/", "plaats-loslaten/"):
        assert client.post(f"/momenten/{number}/{tail}").status_code == 404


@given(
    typed=st.dictionaries(
        st.sampled_from(
            ["name", "email", "phone", "kind-0-first_name", "kind-0-birth_month", "form_key", "places"]
        ),
        ODD,
    )
)
@unhurried
def test_no_sign_up_form_breaks(client, typed):
    activity = ActivityFactory(registration_mode="required", channels=["online"], capacity=1)
    session = SessionFactory(
        activity=activity, original_start="2100-01-01T09:00Z", ends_at="2100-01-01T10:00Z"
    )
    assert client.post(reverse("registration_create", args=[session.pk]), typed).status_code < 500


@given(typed=st.dictionaries(st.sampled_from(["wat", "kind", "first_name", "birth_month", "places"]), ODD))
@unhurried
def test_no_change_of_a_sign_up_breaks(client, typed):
    registration = RegistrationFactory(
        session__original_start="2100-01-01T09:00Z", session__ends_at="2100-01-01T10:00Z"
    )
    assert (
        client.post(
            reverse("registration_manage", args=[sign("registration", registration.pk)]), typed
        ).status_code
        < 500
    )


@given(
    typed=st.dictionaries(
        st.sampled_from(["wat", "moment", "until", "score", "text", "email", "sleutel"]), ODD
    )
)
@unhurried
def test_no_form_around_a_sign_up_breaks(client, typed):
    registration = RegistrationFactory(
        session__original_start="2100-01-01T09:00Z",
        session__ends_at="2100-01-01T10:00Z",
        session__capacity=1,
        session__confirmed_count=1,
        session__activity__registration_mode="required",
        session__activity__channels=["online"],
    )
    session = registration.session
    series = SeriesFactory(activity=session.activity)
    paths = [
        reverse("series_manage", args=[sign("series", series.pk)]),
        reverse("feedback_give", args=[sign("feedback_request", registration.pk)]),
        reverse("spot_watch_create", args=[session.pk]),
        reverse("place_hold", args=[session.pk]),
        reverse("place_let_go", args=[session.pk]),
        reverse("series_create", args=[session.activity.slug]),
    ]
    for path in paths:
        assert client.post(path, typed).status_code < 500


@given(typed=st.dictionaries(st.sampled_from(["answer", "comment", "seen_version"]), ODD))
@unhurried
def test_no_answer_to_an_invitation_breaks(client, typed):
    invitation = MeetingInvitationFactory(
        meeting__starts_at="2100-01-01T09:00Z", meeting__ends_at="2100-01-01T10:00Z"
    )
    url = reverse("meeting_answer", args=[sign("meeting-answer", invitation.pk)])
    assert client.post(url, typed).status_code < 500


STAFF = sorted(
    {
        address(route)
        for route, view in VIEWS
        if getattr(view, "access", "public") != "public" and "<" not in route
    }
)


@pytest.mark.parametrize("path", STAFF)
@given(asked=st.dictionaries(st.sampled_from(NAMES), ODD, max_size=4))
@settings(parent=unhurried, max_examples=10)
def test_no_address_or_empty_form_breaks_a_staff_page(client, path, asked):
    house = HouseFactory()
    user = MembershipFactory(house=house).user
    MembershipFactory(user=user, house=None, role="officer")
    ProjectFactory(house=house)
    client.force_login(user)
    assert client.get(path, asked).status_code < 500
    client.force_login(user)
    assert client.post(path, asked).status_code < 500
