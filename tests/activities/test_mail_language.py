"""What a family hears of its sign-up in the language that it reads: that first, marked, and the whole Dutch below."""

import datetime as dt
import re
import uuid
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from activities.actions.broadcast import send_broadcast
from activities.actions.contact import Contact
from activities.actions.feedback import asked_at
from activities.actions.mail_language import choose_language
from activities.actions.registration import AlreadyRegisteredError
from activities.actions.registration_change import cancel_registration
from activities.actions.registration_mail import manage_path
from activities.actions.reminder import due_at
from activities.actions.series_change import end_series
from activities.actions.series_mail import send_grown, series_path
from activities.actions.session_change import cancel_session, move_session, restore_session
from activities.models import ActivityTranslation, Registration, Series
from config.translations import _of_template, files_of, read
from huizen.languages import DUTCH, spoken
from huizen.models import Message
from huizen.models.translation import fingerprint
from huizen.outbox.compose import compose
from huizen.outbox.tick import tick
from huizen.outbox.translated import TRANSLATED, said_in
from tests.activities.series import an_activity, join
from tests.activities.sign_ups import a_moment, sign_up, soon, typed
from tests.factories import NOW, HouseFactory, LocationFactory
from tests.huizen.letters import Clock

pytestmark = pytest.mark.django_db

ABROAD = list(configured.TRANSLATED)
LATER = NOW + dt.timedelta(days=5)
FOLDER = configured.BASE_DIR / "templates" / "emails"
#: Every mail about a sign-up, and the pieces of which they are made.
FAMILY = sorted(
    path
    for pattern in ("registration_*", "place_*", "session_*", "series_*")
    for path in FOLDER.glob(f"{pattern}.txt")
) + [
    FOLDER / f"{name}.txt"
    for name in ("participants_message", "schedule_changed", "feedback_request", "question_end")
]
#: What a template says beside its tags and what is filled in.
TAGS = re.compile(r"{% blocktranslate .*?{% endblocktranslate %}|{%.*?%}|{{.*?}}", re.DOTALL)
WORDS = {
    path.parent.parent.name: {m.id: m.string for m in read(path) if isinstance(m.id, str)}
    for path in files_of("po")
}
FRENCH = {"title": "Jouer ensemble", "bring": "des pantoufles"}


def reads(language: str, who: str = "Alice") -> Contact:
    return Contact(who, f"{who.lower()}@voorbeeld.example", language=language)


def composed(message: Message) -> EmailMessage:
    """A mail as a mail program reads it."""
    compose(message, now=NOW)
    return message_from_bytes(message.body_mime, policy=policy.default)


def part(mail: EmailMessage, kind: str) -> str:
    return mail.get_body((kind,)).get_content().replace("\r\n", "\n")


def halves(message: Message) -> tuple[str, str, str]:
    """The subject, what stands above the Dutch, and the Dutch with its title: of the plain text of a mail."""
    mail = composed(message)
    above, rule, dutch = part(mail, "plain").rpartition("\n---\n\n")
    above, _, title = above.rpartition("\n\n")
    return mail["Subject"], above, title + rule + dutch


@pytest.fixture
def session():
    house = HouseFactory(name="Huis van het Kind Mol", phone="014 12 34 56")
    place = LocationFactory(house=house, name="De Kring", street="Kerkstraat 1", postcode="2400", town="Mol")
    about = {"house": house, "location": place, "title": "Samen spelen", "bring": "pantoffels", "phone": ""}
    return a_moment(capacity=2, starts_at=LATER, activity=about)


def translate(activity, **facts) -> ActivityTranslation:
    """The French of an activity, as somebody who knows it wrote it."""
    sources = {name: fingerprint(getattr(activity, name)) for name in FRENCH}
    return ActivityTranslation.objects.create(
        activity=activity, **{"language": "fr", "sources": sources, **FRENCH, **facts}
    )


@pytest.mark.parametrize("path", FAMILY, ids=lambda path: path.stem)
def test_no_word_of_a_family_mail_is_in_dutch_only(path):
    """Every letter outside what is filled in stands in a word that translators see, and each has it."""
    text = re.sub(r"{% blocktranslate %}.*?{% endblocktranslate %}", "", path.read_text(), flags=re.DOTALL)
    assert re.findall(r"[^\W\d_]+", TAGS.sub("", text)) == []
    marked = {word for word, _ in _of_template(path)}
    assert marked or path.stem == "series_facts"
    for language in ABROAD:
        assert [word for word in marked if WORDS[language].get(word) in ("", None, word)] == []


def everything_that_happens(session, contact: Contact) -> None:
    """A family hears of all that can come of a sign-up, in one language."""
    now = NOW
    first = sign_up(session, contact=contact)
    with pytest.raises(AlreadyRegisteredError):
        sign_up(session, contact=contact)
    day = dt.timedelta(days=1)
    change = partial(move_session, session_id=session.pk, location=None, by=None, now=now)
    change(starts_at=session.starts_at + day, ends_at=session.ends_at + day)
    cancel_session(session_id=session.pk, reason="Het stormt.", by=None, now=now)
    restore_session(session_id=session.pk, by=None, now=now)
    send_broadcast(
        key=uuid.uuid4(), activity=session.activity, session=session, audience="current",
        subject="Laarzen", text="Doe laarzen aan.", by=None, now=now,
    )  # fmt: skip
    sign_up(session, "Bob", children=1)
    waits = sign_up(
        session, "Carla", contact=Contact("Carla", "c@voorbeeld.example", language=contact.language)
    )
    cancel_registration(registration_id=first.pk, now=now)
    assert waits.state == "waiting"
    series = join(an_activity(), contact=reads(contact.language, "Dora"))
    send_grown(series, now=now)
    end_series(series_id=series.pk, now=now)


@pytest.mark.parametrize("language", ABROAD)
def test_each_mail_of_a_sign_up_is_in_her_language_with_the_dutch_below(session, language):
    everything_that_happens(session, reads(language))
    words = {word for path in FAMILY for word, _ in _of_template(path)}
    dutch_sentences = {word for word in words if "%(" not in word}
    seen = set()
    for message in Message.objects.filter(language=language):
        seen.add(message.template)
        subject, above, dutch = halves(message)
        assert [each for each in dutch_sentences if each in above] == []
        assert "%(" not in above + dutch
        assert "Dag " in dutch
        assert message.context["house"] in above
        assert message.context["house"] in dutch
        message.language = DUTCH
        alone = composed(message)
        assert dutch == f"{alone['Subject']}\n---\n\n{part(alone, 'plain')}"
        assert alone["Subject"] != subject or message.template == "participants_message"
    assert seen >= {
        "registration_confirmed", "registration_link", "registration_waiting", "registration_cancelled",
        "registration_promoted", "session_moved", "session_cancelled", "session_restored", "participants_message",
        "series_confirmed", "series_ended", "series_grown",
    }  # fmt: skip


def test_a_french_confirmation_says_when_and_what_in_french_and_the_link_leads_to_french(session):
    translate(session.activity)
    sign_up(session, contact=reads("fr"), children=1)
    subject, above, dutch = halves(Message.objects.get())
    assert subject == "Vous êtes inscrit : Jouer ensemble"
    assert above.splitlines()[0].startswith("Ceci est une traduction.")
    for line in (
        "Bonjour Alice,",
        "Quoi : Jouer ensemble",
        "Quand : lundi 9 mars 2026, de 9\xa0h à 12\xa0h",
        "À apporter : des pantoufles",
    ):
        assert line in above.splitlines()
    assert "/fr/inschrijving/" in above
    assert "Wat: Samen spelen" in dutch.splitlines()
    assert "/fr/" not in dutch
    assert dutch.startswith("Je bent ingeschreven: Samen spelen\n---\n\nDag Alice,")


@pytest.mark.parametrize(
    "facts", [{"state": "machine"}, {"sources": {"title": "0", "bring": "0"}}, {"language": "en"}]
)
def test_a_translation_that_nobody_looked_at_or_that_is_outdated_is_not_used(session, facts):
    translate(session.activity, **facts)
    sign_up(session, contact=reads("fr"))
    assert "Quoi : Samen spelen" in halves(Message.objects.get())[1]


def test_arabic_runs_from_the_right_and_what_is_dutch_or_a_number_keeps_its_order(session):
    sign_up(session, contact=reads("ar"))
    message = Message.objects.get()
    subject, above, dutch = halves(message)
    assert subject.startswith("أنت مسجل")
    lines = [line for line in above.splitlines() if line and not line.startswith("http")]
    assert {line[0] for line in lines} == {"\u200f"}
    assert "\u2068014 12 34 56\u2069" in above
    assert "\u2068Samen spelen\u2069" in above
    assert not re.search("[\u200f\u2066-\u2069]", dutch + subject)
    html = part(composed(message), "html")
    assert '<html lang="ar" dir="rtl">' in html
    assert html.index('<div lang="ar" dir="rtl">') < html.index('<div lang="nl-BE" dir="ltr">')
    assert "<h2>Je bent ingeschreven: Samen spelen</h2>" in html


def test_a_mail_names_both_its_languages(session):
    sign_up(session, contact=reads("fr"))
    message = Message.objects.get()
    mail = composed(message)
    assert mail["Content-Language"] == "fr, nl-BE"
    assert max(message.body_mime) < 128


@given(code=st.text(max_size=5) | st.sampled_from(["tr", "uk", "nl", "nl-BE", "", "FR", "xx"]))
def test_any_language_that_the_portal_does_not_speak_is_dutch(code):
    """The whole row: what is filled in, and what is written."""
    context = said_in(code, lambda: {"title": str(spoken(code).code)})
    known = spoken(code).code in ABROAD
    assert (TRANSLATED in context) == known
    assert known or spoken(code).code == DUTCH


def test_where_the_portal_speaks_dutch_alone_every_mail_is_dutch(session, settings):
    sign_up(session, contact=reads("fr"))
    settings.LANGUAGES = [("nl-be", "Nederlands")]
    subject, above, text = halves(Message.objects.get())
    assert (subject, above) == ("Je bent ingeschreven: Samen spelen", "")
    assert text.startswith("Dag Alice,")


def test_a_dutch_mail_is_as_it_was(session):
    sign_up(session)
    message = Message.objects.get()
    assert TRANSLATED not in message.context
    assert halves(message)[1] == ""


def test_the_reminder_speaks_the_language_of_the_day_on_which_it_goes(session, smtp_sink):
    """She chose another after signing up: what was planned before goes in the new one; so does the question after."""
    registration = sign_up(session, contact=reads("fr"))
    Message.objects.all().delete()
    choose_language(sign_up=registration, language="en")
    tick(clock=Clock(due_at(session)))
    assert Message.objects.get(template="session_reminder").title == "Do not forget: Samen spelen"
    choose_language(sign_up=registration, language="nl")
    tick(clock=Clock(asked_at(session)))
    assert Message.objects.get(template="feedback_request").title == "Hoe was het? Samen spelen"


def test_choosing_counts_for_all_sign_ups_with_that_address_and_for_nobody_else(session):
    series = join(an_activity(), contact=reads("nl"))
    mine, other = sign_up(session), sign_up(session, "Bob")
    assert choose_language(sign_up=mine, language="ar") == 2 + series.registrations.count()
    assert set(Registration.objects.exclude(pk=other.pk).values_list("language", flat=True)) == {"ar"}
    assert Series.objects.get().language == "ar"
    other.refresh_from_db()
    assert other.language == "nl"
    assert choose_language(sign_up=mine, language="ar") == 0


def test_a_mail_in_two_languages_that_is_sent_again_is_the_very_same(session, smtp_sink):
    """F21: what was written the first time, whatever she chose and whoever translated meanwhile."""
    registration = sign_up(session, contact=reads("fr"))
    clock = Clock()
    smtp_sink.answers.append("451 4.3.0 later")
    tick(clock=clock)
    choose_language(sign_up=registration, language="ar")
    translate(session.activity)
    clock.forward(minutes=5)
    tick(clock=clock)
    first, again = smtp_sink.received
    assert first.raw == again.raw
    assert again.message["Subject"] == "Vous êtes inscrit : Samen spelen"
    assert Message.objects.get().state == Message.State.SENT


def test_the_form_asks_and_begins_with_the_language_of_its_page(client):
    session = soon()
    page = client.get(f"/fr/momenten/{session.pk}/inschrijven/").content.decode()
    assert '<option value="fr" selected>Français</option>' in page
    client.post(f"/fr/momenten/{session.pk}/inschrijven/", typed())
    client.post(f"/fr/momenten/{session.pk}/inschrijven/", typed(email="b@voorbeeld.example", language="ar"))
    assert list(Registration.objects.order_by("created_at").values_list("language", flat=True)) == [
        "fr",
        "ar",
    ]


def test_a_language_that_we_do_not_have_is_refused_at_the_field_and_what_was_typed_stays(client):
    session = soon()
    answer = client.post(f"/momenten/{session.pk}/inschrijven/", typed(language="tlh"))
    assert "Kies een taal uit de lijst." in answer.content.decode()
    assert "alice@voorbeeld.example" in answer.content.decode()
    assert not Registration.objects.exists()


def test_where_there_is_one_language_nothing_is_asked(client, settings):
    settings.LANGUAGES = [("nl-be", "Nederlands")]
    session = soon()
    assert "In welke taal" not in client.get(f"/momenten/{session.pk}/inschrijven/").content.decode()
    client.post(f"/momenten/{session.pk}/inschrijven/", typed(language="fr"))
    registration = Registration.objects.get()
    assert registration.language == "nl"
    assert "In welke taal" not in client.get(manage_path(registration)).content.decode()


def test_on_the_page_of_her_sign_up_she_chooses_another(client):
    registration = sign_up(soon(), contact=reads("fr"))
    path = manage_path(registration)
    assert '<option value="fr" selected>Français</option>' in client.get(path).content.decode()
    answer = client.post(path, {"wat": "taal", "language": "ar"}, follow=True)
    assert "Onze mails komen voortaan in deze taal: العربية." in answer.content.decode()
    for bad in ("tlh", ""):
        answer = client.post(path, {"wat": "taal", "language": bad})
        assert "Kies een taal uit de lijst." in answer.content.decode()
    registration.refresh_from_db()
    assert registration.language == "ar"


def test_and_on_the_page_of_all_her_moments(client):
    series = join(an_activity(), contact=reads("fr"))
    client.post(series_path(series), {"wat": "taal", "language": "en"})
    assert "Kies een taal uit de lijst." in client.post(series_path(series), {"wat": "taal"}).content.decode()
    series.refresh_from_db()
    assert series.language == "en"
    assert set(series.registrations.values_list("language", flat=True)) == {"en"}


def questions(do) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        do()
    return len(found)


def test_another_language_costs_one_question_and_dutch_none(session):
    dutch = questions(lambda: sign_up(session))
    assert questions(lambda: sign_up(session, contact=reads("fr", "Bob"))) == dutch + 1


@pytest.mark.parametrize("families", [1, 4])
def test_one_question_however_many_families_read_it(session, families):
    session.capacity = None
    session.save()
    for number in range(families):
        sign_up(session, contact=reads("fr", f"Gezin{number}"))
    write = partial(
        send_broadcast, activity=session.activity, session=session, audience="current",
        subject="Laarzen", text="Doe laarzen aan.", by=None, now=NOW,
    )  # fmt: skip
    abroad = questions(lambda: write(key=uuid.uuid4()))
    Registration.objects.update(language="nl")
    assert abroad == questions(lambda: write(key=uuid.uuid4())) + 1
    assert {m.language for m in Message.objects.filter(template="participants_message")} == {"fr", "nl"}
