"""Every kind of page that people meet, with its address: looked at, enlarged and weighed by the tests beside this file."""

import datetime as dt
from uuid import uuid4

from django.utils import timezone

from activities.models import Draw
from huizen.links import sign
from huizen.models import Category
from huizen.outbox.preferences import token_of
from huizen.outbox.suppression import address_hash
from tests.browser import staff_pages
from tests.browser.staff_pages import Page
from tests.factories import (
    ActivityFactory,
    ActivityTranslationFactory,
    CheckQuestionFactory,
    ChildFactory,
    FamilyCalendarFactory,
    FamilyFactory,
    FollowFactory,
    HouseTranslationFactory,
    IdeaFactory,
    LocationFactory,
    MeetingInvitationFactory,
    ProjectFactory,
    RegistrationFactory,
    SavedActivityFactory,
    ScheduleFactory,
    SeriesFactory,
    SessionFactory,
    SpotWatchFactory,
    TalkFactory,
    UserFactory,
)

SEND = "main form[method=post] button[type=submit]:not([name])"
PUBLIC = {
    "home": Page("/"),
    "home of a place": Page("/?plaats=2400-mol"),
    "home in doubt": Page("/?plaats=heusden"),
    "home in French": Page("/fr/?plaats=2400-mol"),
    "home in Arabic": Page("/ar/?plaats=2400-mol"),
    "welcome in Arabic": Page("/welkom/ar/"),
    "welcome in French": Page("/welkom/fr/"),
    "welcome in Ukrainian": Page("/welkom/uk/"),
    "results": Page("/activiteiten/"),
    "results with choices": Page("/activiteiten/?q=gratis+massage+in+mol&binnen=1&geboren=2024-03"),
    "results of a misspelt word": Page("/activiteiten/?q=babymasage"),
    "results in Arabic": Page("/ar/activiteiten/?plaats=2400-mol&gratis=1"),
    "nothing found": Page("/activiteiten/?q=xqzwv"),
    "nothing found here": Page("/activiteiten/?q=babymassage&plaats=8400-oostende&straal=5"),
    "map": Page("/activiteiten/kaart/"),
    "map to move about in": Page("/activiteiten/kaart/?plaats=2400-mol", "[data-map-start]"),
    "finder, who": Page("/zoekhulp/"),
    "finder, what for": Page("/zoekhulp/?leeftijd=baby&stap=waarvoor"),
    "finder, when": Page("/zoekhulp/?leeftijd=baby&vraag=slapen&stap=wanneer"),
    "finder, where": Page("/zoekhulp/?leeftijd=baby&vraag=slapen&wanneer=week&stap=waar"),
    "activity": Page("/activiteiten/babymassage-mol/"),
    "activity translated": Page("/activiteiten/babymassage-mol/?taal=ar"),
    "activity in Arabic": Page("/ar/activiteiten/babymassage-mol/"),
    "activity in French": Page("/fr/activiteiten/babymassage-mol/"),
    "activity by appointment": Page("/activiteiten/op-afspraak/"),
    "activity that is over": Page("/activiteiten/voorbij/"),
    "houses": Page("/huizen/"),
    "houses of a place": Page("/huizen/?plaats=2400-mol"),
    "house": Page("/huizen/baldemore/"),
    "house in Arabic": Page("/ar/huizen/baldemore/"),
    "leaflet": Page("/huizen/baldemore/folder/"),
    "week": Page("/huizen/baldemore/week/"),
    "what she was given": Page("/mee/{sheet_code}/"),
    "what she was given in Arabic": Page("/ar/mee/{sheet_code}/"),
    "given too long ago": Page("/mee/onzin/"),
    "take part": Page("/huizen/baldemore/meedenken/"),
    "report": Page("/melden/?activiteit=babymassage-mol"),
    "report with a fault": Page("/melden/?huis=baldemore", SEND),
    "sign-up": Page("/momenten/{session}/inschrijven/"),
    "sign-up with faults": Page("/momenten/{session}/inschrijven/", SEND),
    "sign-up in Arabic": Page("/ar/momenten/{session}/inschrijven/"),
    "waiting list": Page("/momenten/{full}/inschrijven/"),
    "sign-up closed": Page("/momenten/{past}/inschrijven/"),
    "draw to come": Page("/momenten/{to_draw}/loting/"),
    "drawn": Page("/momenten/{drawn}/loting/"),
    "tell me of a place": Page("/momenten/{full}/laat-weten/"),
    "no more mail": Page("/laat-weten/{watch}/"),
    "my sign-up": Page("/inschrijving/{registration}/"),
    "my turn on the list": Page("/inschrijving/{waiting}/"),
    "my sign-up cancelled": Page("/inschrijving/{cancelled}/"),
    "sign-up for all moments": Page("/activiteiten/elke-week/alle-momenten/"),
    "all moments": Page("/alle-momenten/{series}/"),
    "how was it": Page("/mening/{feedback}/"),
    "saved": Page("/bewaard/?a=babymassage-mol"),
    "nothing saved": Page("/bewaard/"),
    "follow": Page("/volgen/?huis=baldemore"),
    "follow nothing": Page("/volgen/"),
    "follow asked": Page("/volgen/gevraagd/"),
    "followed": Page("/volgen/{follow}/"),
    "which mails": Page("/mails/{mail}/"),
    "no more of these mails": Page("/mails/{mail}/stop/"),
    "follow no more": Page("/volgen/{follow}/stop/"),
    "no weekly mail for partners": Page("/nieuws-voor-partners/{news_reader}/stop/"),
    "answer": Page("/overleg/{invitation}/"),
    "date to find by link": Page("/overleg/datum/{voter}/"),
    "does it still hold": Page("/klopt/{check}/"),
    "projects": Page("/projecten/"),
    "projects that work on something": Page("/projecten/?doelstelling=poverty&provincie=Limburg"),
    "project": Page("/projecten/{project}/"),
    "project that tells": Page("/projecten/{own_project}/"),
    "project that tells, in Arabic": Page("/ar/projecten/{own_project}/"),
    "calls that everybody reads": Page("/oproepen/"),
    "call that everybody reads": Page("/oproepen/{call_programme}/{call_year}/"),
    "point for a meeting": Page("/overleg/{invitation}/voorstel/"),
    "minutes by a link": Page("/overleg/verslag/{minutes_link}/"),
    "action point by a link": Page("/actiepunt/{action_link}/"),
    "help": Page("/hulp/"),
    "privacy": Page("/privacy/"),
    "accessibility": Page("/toegankelijkheid/"),
    "sources": Page("/bronnen/"),
    "gallery": Page("/stijl/"),
    "gallery of colours": Page("/stijl/kleuren/"),
    "sign in": Page("/aanmelden/"),
    "offline": Page("/offline/"),
    "not found": Page("/bestaat-niet/"),
    "bad link": Page("/inschrijving/onzin/"),
    "letter box": Page("/postvak/"),
}
#: What a parent with an account sees.
MINE = {
    "my page": Page("/mijn/"),
    "my page in French": Page("/fr/mijn/"),
    "family": Page("/mijn/gezin/"),
    "my mails": Page("/mijn/mail/"),
    "what we know": Page("/mijn/gegevens/"),
    "erase": Page("/mijn/wissen/"),
    "follow as one": Page("/volgen/?huis=baldemore"),
    "sign-up as one": Page("/momenten/{session}/inschrijven/"),
    "safety": Page("/aanmelden/veiligheid/"),
}


def fill(baldemore) -> dict:
    """Rows for every page above; what its address is filled in with."""
    now = timezone.now()
    session, parent = baldemore.session, family_with_everything(baldemore)
    house_with_voices(baldemore)
    full = SessionFactory(
        activity=session.activity, original_start=session.starts_at + dt.timedelta(days=1), capacity=1, confirmed_count=1
    )  # fmt: skip
    past = SessionFactory(activity=session.activity, original_start=now - dt.timedelta(days=1))
    invitation = MeetingInvitationFactory(
        meeting__house=baldemore.house,
        meeting__starts_at=now + dt.timedelta(days=3),
        meeting__ends_at=now + dt.timedelta(days=3, hours=1),
    )
    series = every_week(baldemore)
    return {
        "session": session.pk,
        "full": full.pk,
        "past": past.pk,
        "parent": parent,
        **drawn_and_to_draw(baldemore),
        "series": sign("series", series.pk),
        "watch": sign("spot-watch", SpotWatchFactory(session=full).pk),
        "mail": token_of(address_hash("ouder@voorbeeld.example"), Category.SESSION_REMINDER),
        "follow": sign("follow", FollowFactory(house=baldemore.house).pk),
        "news_reader": sign("partner-news", UserFactory().pk),
        "feedback": sign("feedback_request", RegistrationFactory(session=past).pk),
        "registration": sign("registration", RegistrationFactory(session=session).pk),
        "waiting": sign("registration", RegistrationFactory(session=full, state="waiting", waiting_number=1).pk),
        "cancelled": sign("registration", RegistrationFactory(session=session, state="cancelled", cancelled_at=now).pk),
        "check": sign("check", question_about(baldemore).pk),
        "invitation": sign("meeting-answer", invitation.pk),
        "project": ProjectFactory().slug,
        **staff_pages.fill(baldemore),
    }  # fmt: skip


def drawn_and_to_draw(baldemore) -> dict:
    """A moment whose places were drawn, and one of which they will be."""
    activity = ActivityFactory(
        house=baldemore.house,
        registration_mode="required",
        channels=["online"],
        capacity=1,
        waiting_order="draw",
        draw_days=7,
    )
    now = timezone.now()
    to_draw = SessionFactory(activity=activity, original_start=now + dt.timedelta(days=40), capacity=1)
    drawn = SessionFactory(
        activity=activity,
        original_start=now + dt.timedelta(days=2),
        capacity=1,
        drawn_at=now - dt.timedelta(days=8),
    )
    Draw.objects.create(session=to_draw, seed="a" * 64, sealed_at=now)
    lots = [{"lot": str(uuid4()), "places": 1, "placed": placed} for placed in (True, False)]
    Draw.objects.create(session=drawn, seed="b" * 64, sealed_at=now, lots=lots)
    return {"to_draw": to_draw.pk, "drawn": drawn.pk}


def question_about(baldemore):
    """Whether an offer still holds, with one more that waits for the same person."""
    question = CheckQuestionFactory(letter__asked_on=timezone.localdate(), activity__house=baldemore.house)
    other = ActivityFactory(house=baldemore.house, keeper=question.activity.keeper)
    CheckQuestionFactory(letter=question.letter, activity=other)
    return question


def house_with_voices(baldemore) -> None:
    """Translations, ideas and talks; an offer without dates, and one that is over."""
    house, activity = baldemore.house, baldemore.activity
    HouseTranslationFactory(house=house, language="ar", intro="تعالي مع طفلك.")
    ActivityTranslationFactory(
        activity=activity, language="ar", title="تدليك الرضع", summary="تعالي مع طفلك."
    )
    ActivityTranslationFactory(activity=activity, language="fr", title="Massage de bébé", state="machine")
    IdeaFactory(house=house, state="shown", answer="We kochten een rek.")
    TalkFactory(house=house, done="We zetten de verwarming hoger.")
    appointment = ActivityFactory(
        house=house,
        location=LocationFactory(house=house, municipality=activity.location.municipality),
        slug="op-afspraak",
        title="Gesprek over opvoeden",
        registration_mode="appointment",
        channels=["phone", "email"],
        email="gesprek@voorbeeld.example",
        price_kind="paid",
        price_cents=300,
        reduced_rate=True,
    )
    ScheduleFactory(activity=appointment, kind="by_appointment", dates=[], starts_at=None, ends_at=None)
    ActivityFactory(house=house, slug="voorbij", title="Zomerfeest", status="expired")


def every_week(baldemore):
    """A family that comes every time to something with two moments."""
    activity = ActivityFactory(
        house=baldemore.house,
        location=baldemore.activity.location,
        slug="elke-week",
        title="Nederlands oefenen",
        registration_mode="required",
        channels=["online"],
    )
    start = baldemore.session.starts_at
    schedule = ScheduleFactory(activity=activity, kind="weekly", weekdays=[start.weekday()], starts_on=start)
    series = SeriesFactory(activity=activity)
    for week in range(8):
        moment = start + dt.timedelta(weeks=week)
        session = SessionFactory(activity=activity, schedule=schedule, original_start=moment)
        RegistrationFactory(session=session, series=series, contact_key=series.contact_key)
    return series


def family_with_everything(baldemore):
    """A parent with two children, something saved, followed and signed up for, and an agenda."""
    family = FamilyFactory(
        user__email="ouder@voorbeeld.example", user__name="", last_seen_on=timezone.localdate()
    )
    ChildFactory(family=family, first_name="Emma")
    ChildFactory(family=family, birth_month=dt.date(2019, 5, 1))
    SavedActivityFactory(family=family, activity=baldemore.activity, saved_at=timezone.now())
    FamilyCalendarFactory(family=family)
    FollowFactory(email=family.user.email, house=baldemore.house)
    RegistrationFactory(session=baldemore.session, email=family.user.email, contact_key=family.user.email)
    return family.user
