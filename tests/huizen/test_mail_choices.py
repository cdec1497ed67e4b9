"""Which mail somebody gets, and how often: with an account or by a link, and by the button of a mail program."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from huizen.models import Category, Message, Preference, Suppression
from huizen.outbox.preferences import (
    OPTIONAL,
    Frequency,
    choices_path,
    choose,
    frequencies_of,
    kinds_of,
    stop_url,
    token_of,
)
from huizen.outbox.suppression import address_hash
from huizen.outbox.tick import tick
from huizen.roles import Role
from tests.factories import NOW, MembershipFactory, UserFactory
from tests.huizen.letters import Clock, queue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letter_template")]
AN = "an@voorbeeld.example"
HASH = address_hash(AN)
REMINDER = Category.SESSION_REMINDER


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Preference, Suppression)]


@pytest.mark.parametrize("category", OPTIONAL)
def test_every_optional_mail_has_a_button_to_stop_and_a_link_to_choose(smtp_sink, category):
    """RFC 8058: both headers, and in the text the way to the choices."""
    queue("a", category=category, recipient=AN)
    tick(clock=Clock())
    mail = smtp_sink.accepted[0].message
    assert mail["List-Unsubscribe"] == f"<{stop_url(HASH, category)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert choices_path(HASH, category) in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize("category", sorted(set(Category.values) - set(OPTIONAL) - {Category.MORNING}))
def test_what_one_must_know_has_no_such_button(smtp_sink, category):
    queue("a", category=category)
    tick(clock=Clock())
    assert smtp_sink.accepted[0].message["List-Unsubscribe"] is None


def test_who_got_a_must_reads_why(smtp_sink):
    queue("a", category=Category.CONFIRMATION)
    tick(clock=Clock())
    text = smtp_sink.accepted[0].message.get_body(("plain",)).get_content()
    assert "Je krijgt deze mail omdat je je inschreef." in text


def test_one_click_without_cookies_stops_it_once_and_may_be_repeated(smtp_sink):
    """F41: a mail program posts twice; both times it is told 200, and later mails are held back."""
    path = reverse("mail_stop", args=[token_of(HASH, REMINDER)])
    program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = program.post(
            path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert (answer.status_code, answer.cookies) == (200, {})
    stopped = Suppression.objects.get()
    assert (stopped.reason, stopped.category) == ("unsubscribed", REMINDER)

    queue("reminder", category=REMINDER, recipient=AN)
    queue("change", category=Category.CHANGE, recipient=AN)
    tick(clock=Clock())
    assert Message.objects.get(key="reminder").reason == "wil dit niet meer"
    assert len(smtp_sink.accepted) == 1


@pytest.mark.parametrize("name", ["mail_stop", "mail_choices"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("token", ["x", f"{HASH}.{REMINDER}~vals", "é%00~"])
def test_a_forged_link_is_refused_and_says_nothing_of_anybody(client, name, method, token):
    """F41."""
    answer = getattr(client, method)(reverse(name, args=[token]))
    assert answer.status_code == 404
    assert rows() == [[], []]


@pytest.mark.parametrize("name", ["mail_stop", "mail_choices"])
def test_looking_as_mail_scanners_do_changes_nothing(client, name):
    """F40."""
    path = reverse(name, args=[token_of(HASH, REMINDER)])
    assert (client.get(path).status_code, client.head(path).status_code) == (200, 200)
    assert rows() == [[], []]


def test_the_page_of_a_link_never_says_whose_address_it_is(client):
    queue("a", category=REMINDER, recipient=AN)
    assert AN not in client.get(choices_path(HASH, REMINDER)).text


def test_without_an_account_one_chooses_how_often(client):
    path = choices_path(HASH, REMINDER)
    answer = client.post(path, {REMINDER: "daily"}, follow=True)
    assert "Bewaard. Vanaf nu krijg je mails zoals je koos." in answer.text
    assert frequencies_of(HASH)[REMINDER] == Frequency.DAILY
    client.post(path, {REMINDER: "off"})
    assert frequencies_of(HASH)[REMINDER] == Frequency.OFF
    client.post(path, {REMINDER: "at_once"})
    assert rows() == [[], []]


@pytest.mark.parametrize("sent", [{}, {REMINDER: "weekly"}, {REMINDER: "x\x00"}, {"confirmation": "off"}])
def test_what_cannot_be_chosen_changes_nothing_and_says_so(client, sent):
    answer = client.post(choices_path(HASH, REMINDER), sent)
    assert (answer.status_code, rows()) == (200, [[], []])
    assert "Kies één van de antwoorden." in answer.text


def test_only_kinds_that_somebody_gets_are_asked(client):
    queue("a", category=Category.SPOT_WATCH, recipient=AN)
    queue("b", category=Category.CONFIRMATION, recipient=AN)
    assert kinds_of(HASH) == [Category.SPOT_WATCH]
    fields = client.get(choices_path(HASH, REMINDER)).context["form"].fields
    assert list(fields) == [REMINDER, Category.SPOT_WATCH]


def test_a_bounce_is_no_choice_and_no_choice_lifts_it():
    Suppression.objects.create(address_hash=HASH, reason="hard_bounce", at=NOW)
    choose(HASH, category=REMINDER, frequency=Frequency.AT_ONCE, now=NOW)
    assert Suppression.objects.count() == 1


def test_what_waits_is_held_back_when_somebody_stops(client):
    """F34, with a link that knows no address."""
    queue("a", category=REMINDER, recipient=AN)
    choose(HASH, category=REMINDER, frequency=Frequency.OFF, now=NOW)
    assert Message.objects.get().state == Message.State.SUPPRESSED


def test_a_parent_and_a_coordinator_choose_with_their_account(client):
    parent = UserFactory(email=AN)
    client.force_login(parent)
    assert list(client.get("/mijn/mail/").context["form"].fields) == [REMINDER, Category.FEEDBACK]
    client.post("/mijn/mail/", {REMINDER: "daily", Category.FEEDBACK: "at_once"})
    assert frequencies_of(HASH)[REMINDER] == Frequency.DAILY
    assert client.get("/beheer/mail/").status_code == 403

    staff = MembershipFactory(role=Role.STAFF).user
    client.force_login(staff)
    form = client.get("/beheer/mail/").context["form"]
    assert list(form.fields) == [Category.PARTNER_NEWS, Category.MEETING_REMINDER, Category.CHECK]
    chosen = {Category.PARTNER_NEWS: "weekly", Category.MEETING_REMINDER: "weekly", Category.CHECK: "off"}
    client.post("/beheer/mail/", chosen)
    assert frequencies_of(address_hash(staff.email))[Category.CHECK] == Frequency.OFF
    assert frequencies_of(HASH)[Category.CHECK] == Frequency.AT_ONCE


def test_an_account_page_asks_for_signing_in(client):
    for path in ("/mijn/mail/", "/beheer/mail/"):
        assert client.get(path).url.startswith("/aanmelden/")
        assert client.put(path).status_code in {302, 405}


def test_the_links_of_a_mail_lead_to_pages_that_work(smtp_sink, client, settings):
    queue("a", category=REMINDER, recipient=AN)
    tick(clock=Clock())
    text = smtp_sink.accepted[0].message.get_body(("plain",)).get_content()
    [path] = re.findall(re.escape(settings.PORTAL_URL) + r"(/mails/\S+)", text)
    assert client.get(path).status_code == 200
    assert client.get(path + "stop/").status_code == 200
