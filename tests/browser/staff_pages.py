"""Every page of staff, with its address: looked at by tests/browser/test_every_page.py, all there by test_pages.py."""

import datetime as dt
from typing import NamedTuple

from django.utils import timezone

from activities.actions.proposal import propose
from activities.models import ActivityVersion
from activities.offer_facts import snapshot
from huizen.models import Category, Channel, Message, PlannedMessage, Suppression
from huizen.outbox.suppression import suppress
from huizen.roles import Role
from partners.actions.merge import merge_organisations
from partners.models import ImportLine, PartnerImport, PartnerNote
from tests.activities.editors import partner_of
from tests.attendance_factories import AttendanceFactory, HeadcountFactory, VisitFactory
from tests.browser import (
    call_pages,
    incoming_pages,
    meeting_pages,
    minutes_pages,
    plan_pages,
    project_rows,
    story_pages,
    survey_pages,
)
from tests.factories import (
    ActivityFactory,
    ConceptFactory,
    ContactFactory,
    EditorFactory,
    HouseFactory,
    IdeaFactory,
    MeetingFactory,
    MeetingInvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    RegistrationFactory,
    ReportFactory,
    SearchPhraseFactory,
    SessionFactory,
    TalkFactory,
    UserFactory,
)
from tests.giving import NewsFactory, ReferralSheetFactory, ResourceFactory, ResourceVersionFactory
from tests.huizen.letters import queue


class Page(NamedTuple):
    """An address, and the button that must be pressed before all of the page is there."""

    path: str
    press: str = ""


SAVE = "main form[method=post] button[type=submit]:not([formaction])"
HOUSE, PLACE = "/beheer/huis/baldemore", "/beheer/huis/plek/{staff_place}"
OFFER, SESSION = "/beheer/activiteiten/{staff_offer}", "/beheer/momenten/{staff_session}"
PARTNER, MEETING = "/beheer/partners/{partnership}", "/beheer/overleg/{meeting}"
PROJECT = "/beheer/projecten/{own_project}"
#: What a coordinator sees.
STAFF = {
    "desk": Page("/beheer/"),
    "switcher": Page("/beheer/zoek/?q=babymasage"),
    "switcher without a question": Page("/beheer/zoek/"),
    "coverage": Page("/beheer/dekking/"),
    "coverage with a fault": Page("/beheer/dekking/?rijen=plek&kolommen=plek"),
    "network": Page("/beheer/netwerk/"),
    "start of our house": Page(f"{HOUSE}/start/"),
    "our house": Page(f"{HOUSE}/"),
    "facts of our house": Page(f"{HOUSE}/gegevens/"),
    "facts of our house with a fault": Page(f"{HOUSE}/nieuwe-plek/", SAVE),
    "our house in French": Page(f"{HOUSE}/vertaling/fr/"),
    "our house no longer in Arabic": Page(f"{HOUSE}/vertaling/ar/verwijderen/"),
    "how often to check": Page(f"{HOUSE}/nakijken/"),
    "area": Page(f"{HOUSE}/werkingsgebied/"),
    "end of a part of the area": Page("/beheer/huis/gebied/{area}/beeindigen/"),
    "new place": Page(f"{HOUSE}/nieuwe-plek/"),
    "place": Page(f"{PLACE}/"),
    "hours of a place": Page(f"{PLACE}/uren/"),
    "offer": Page("/beheer/activiteiten/"),
    "offer sorted": Page("/beheer/activiteiten/?q=a&volgorde=-keer"),
    "no such offer": Page("/beheer/activiteiten/?q=xqzwv"),
    "what to begin with": Page("/beheer/activiteiten/begin/"),
    "new offer": Page("/beheer/activiteiten/nieuw/"),
    "new offer of a kind": Page("/beheer/activiteiten/nieuw/?sjabloon=play_meet"),
    "new offer with faults": Page("/beheer/activiteiten/nieuw/", SAVE),
    "one offer": Page(f"{OFFER}/"),
    "when an offer is": Page(f"{OFFER}/wanneer/"),
    "days of an offer before saving": Page(f"{OFFER}/wanneer/", "[name=toon]"),
    "versions of an offer": Page("/beheer/activiteiten/{old_offer}/versies/"),
    "how one signs up": Page(f"{OFFER}/inschrijven/"),
    "how one signs up, with faults": Page(f"{OFFER}/inschrijven/", SAVE),
    "offer as a template": Page(f"{OFFER}/sjabloon/"),
    "season": Page("/beheer/activiteiten/seizoen/"),
    "season with a fault": Page("/beheer/activiteiten/seizoen/", SAVE),
    **{name: Page(path) for name, path in (incoming_pages.ADDRESSES | story_pages.ADDRESSES).items()},
    "proposals": Page("/beheer/voorstellen/"),
    "proposal": Page("/beheer/voorstellen/{proposal}/"),
    "offer in French": Page(f"{OFFER}/vertaling/fr/"),
    "offer no longer in Arabic": Page(f"{OFFER}/vertaling/ar/verwijderen/"),
    "to check": Page("/beheer/nakijken/"),
    "reports": Page("/beheer/meldingen/"),
    "sessions": Page("/beheer/momenten/"),
    "moments to note": Page("/beheer/momenten/?lijst=noteren"),
    "session": Page(f"{SESSION}/"),
    "who is there": Page("/beheer/momenten/{staff_past}/aanwezig/"),
    "not yet there": Page(f"{SESSION}/aanwezig/"),
    "list to sign": Page("/beheer/momenten/{staff_past}/lijst/"),
    "write to families": Page("/beheer/momenten/{staff_past}/bericht/?tekst=move"),
    "write to families with a fault": Page("/beheer/momenten/{staff_past}/bericht/", SAVE),
    "write to all families": Page(f"{OFFER}/bericht/"),
    "sign-ups of an offer": Page(f"{OFFER}/inschrijvingen/"),
    "sign-up in another moment": Page("/beheer/inschrijvingen/{staff_registration}/verplaatsen/"),
    "reach": Page("/beheer/bereik/"),
    "annual report": Page("/beheer/bereik/jaarverslag/"),
    "session cancelled": Page(f"{SESSION}/afgelasten/"),
    "session moved": Page(f"{SESSION}/verplaatsen/"),
    "sign-up by telephone": Page(f"{SESSION}/inschrijven/"),
    "sign-up by telephone with faults": Page(f"{SESSION}/inschrijven/", SAVE),
    "sign-up cancelled": Page("/beheer/inschrijvingen/{staff_registration}/"),
    "partners": Page("/beheer/partners/"),
    "partner search": Page("/beheer/partners/zoek/?q=partner"),
    "new partner": Page("/beheer/partners/nieuw/"),
    "partner added": Page("/beheer/partners/toevoegen/{other_organisation}/"),
    "partner": Page(f"{PARTNER}/"),
    "role of a partner": Page(f"{PARTNER}/rol/"),
    "end of a partner": Page(f"{PARTNER}/einde/"),
    "new editor": Page(f"{PARTNER}/redacteur/"),
    "end of an editor": Page(f"{PARTNER}/redacteur/{{editor}}/einde/"),
    "organisation": Page("/beheer/organisaties/{organisation}/"),
    "logo": Page("/beheer/organisaties/{organisation}/logo/"),
    "new contact": Page("/beheer/organisaties/{organisation}/contact/"),
    "contact": Page("/beheer/contacten/{contact}/"),
    "contact taken away": Page("/beheer/contacten/{contact}/weg/"),
    "partners out of a file": Page("/beheer/partners/invoeren/"),
    "partners out of a file, none chosen": Page("/beheer/partners/invoeren/", SAVE),
    "lines of a file": Page("/beheer/partners/invoeren/{partner_import}/"),
    "a file taken back": Page("/beheer/partners/invoeren/{import_done}/terug/"),
    "history of a partner": Page(f"{PARTNER}/geschiedenis/"),
    "new agreement": Page(f"{PARTNER}/overeenkomst/"),
    "agreement taken away": Page("/beheer/overeenkomsten/{agreement}/weg/"),
    "new note": Page(f"{PARTNER}/notitie/"),
    "note": Page("/beheer/notities/{note}/"),
    "note wiped": Page("/beheer/notities/{note}/weg/"),
    "double partners": Page("/beheer/organisaties/dubbel/"),
    "which one is double": Page("/beheer/organisaties/{organisation}/samenvoegen/"),
    "what a merge moves": Page("/beheer/organisaties/{organisation}/samenvoegen/?met={double}"),
    "what was merged": Page("/beheer/organisaties/samengevoegd/{merge}/"),
    "handing over": Page("/beheer/meegeven/?kies={staff_offer}"),
    "nothing to hand over": Page("/beheer/meegeven/?q=xqzwv"),
    "sheets": Page("/beheer/meegeven/bladen/"),
    "sheet to hand over": Page("/beheer/meegeven/{sheet}/"),
    "what is shared": Page("/beheer/delen/"),
    "something to share": Page("/beheer/delen/nieuw/"),
    "something to share with faults": Page("/beheer/delen/nieuw/", SAVE),
    "something that was shared": Page("/beheer/delen/{resource}/"),
    "news": Page("/beheer/delen/nieuws/"),
    "new message": Page("/beheer/delen/nieuws/nieuw/"),
    "one message": Page("/beheer/delen/nieuws/{news}/"),
    "to learn": Page("/beheer/leren/"),
    "something to learn": Page("/beheer/leren/{learning}/"),
    "sign-up to learn": Page("/beheer/leren/momenten/{lab}/"),
    "meetings": Page("/beheer/overleg/"),
    "meetings that are over": Page("/beheer/overleg/?toon=voorbij"),
    "new meeting": Page("/beheer/overleg/nieuw/"),
    "meeting": Page(f"{MEETING}/"),
    "meeting on paper": Page(f"{MEETING}/afdruk/"),
    "meeting changed": Page(f"{MEETING}/wijzig/"),
    "meeting cancelled": Page(f"{MEETING}/annuleer/"),
    "more people": Page(f"{MEETING}/mensen/"),
    "asked no more": Page("/beheer/overleg/gevraagd/{staff_invitation}/weg/"),
    **{name: Page(path) for name, path in meeting_pages.ADDRESSES.items()},
    **{name: Page(path) for name, path in minutes_pages.ADDRESSES.items()},
    "agenda with faults": Page(f"{MEETING}/agenda/", f"{SAVE}:not([name])"),
    "new action point with faults": Page("/beheer/overleg/actiepunten/nieuw/", SAVE),
    "taking part": Page("/beheer/meedenken/"),
    "idea": Page("/beheer/meedenken/idee/{idea}/"),
    "new talk": Page("/beheer/meedenken/gesprek/nieuw/"),
    "talk": Page("/beheer/meedenken/gesprek/{talk}/"),
    "question": Page("/beheer/meedenken/vraag/baldemore/"),
    "words": Page("/beheer/zoekwoorden/?probeer=gratis+massage"),
    "new words": Page("/beheer/zoekwoorden/nieuw/"),
    "one word": Page("/beheer/zoekwoorden/{concept}/"),
    "words that missed": Page("/beheer/zoekwoorden/gemist/"),
    **{name: Page(path) for name, path in project_rows.DESK.items()},
    "report": Page("/beheer/verslagen/{report_open}/"),
    "report with faults": Page("/beheer/verslagen/{report_open}/", "[name=indienen]"),
    "report that was handed in": Page("/beheer/verslagen/{report_again}/versies/2/"),
    "comments on a report": Page("/beheer/verslagen/{report_again}/opmerkingen/"),
    "objective taken away": Page(f"{PROJECT}/doelen/{{objective}}/weg/"),
    **{name: Page(path) for name, path in plan_pages.DESK.items()},
    **{name: Page(path) for name, path in survey_pages.DESK.items()},
    **{name: Page(path) for name, path in call_pages.DESK.items()},
    "team": Page("/beheer/team/"),
    "team of a house": Page("/beheer/team/baldemore/"),
    "post": Page("/beheer/post/"),
    "post to come": Page("/beheer/post/gepland/"),
    "one letter": Page("/beheer/post/{message}/"),
    "who to call": Page("/beheer/post/bellen/"),
    "text messages": Page("/beheer/post/sms/"),
    "own mail": Page("/beheer/mail/"),
    "logbook": Page("/beheer/logboek/"),
    "no page of a family": Page("/mijn/"),
}
#: What the agency sees.
OFFICE = {
    "all projects": Page("/opgroeien/"),
    "report to read": Page("/opgroeien/verslagen/{report_again}/"),
    "report of before": Page("/opgroeien/verslagen/{report_again}/versies/1/"),
    "deadlines": Page("/opgroeien/oproepen/{call}/"),
    **{name: Page(path) for name, path in (project_rows.AGENCY | story_pages.AGENCY).items()},
    "budget as the agency keeps it": Page(f"{PROJECT}/begroting/"),
    "yardstick to approve": Page(f"{PROJECT}/indicatoren/{{indicator}}/"),
    "all houses": Page("/opgroeien/huizen/"),
    "all houses sorted": Page("/opgroeien/huizen/?volgorde=-nagekeken"),
    "new house": Page("/opgroeien/huizen/nieuw/"),
    "one house": Page("/opgroeien/huizen/baldemore/"),
    "words of the network": Page("/beheer/zoekwoorden/"),
    **{name: Page(path) for name, path in survey_pages.AGENCY.items()},
    **{name: Page(path) for name, path in call_pages.AGENCY.items()},
    "new survey with faults": Page("/opgroeien/bevragingen/nieuw/", SAVE),
    "not allowed": Page("/beheer/"),
}
#: Who has two Houses chooses first.
LEADER = {
    "which house": Page("/beheer/huis/"),
    "which house plans": Page("/beheer/overleg/nieuw/"),
    "which house adds": Page("/beheer/partners/nieuw/"),
    "offer of two houses": Page("/beheer/activiteiten/"),
}
#: What a partner's editor sees and others do not.
EDITOR = {
    "meetings of an editor": Page("/beheer/agendavoorstellen/"),
    "point of an editor": Page("/beheer/agendavoorstellen/{meeting}/"),
}

#: What a member of a jury sees.
JURY = {name: Page(path) for name, path in call_pages.JURY.items()}


def fill(baldemore) -> dict:
    """Rows for every page above; what its address is filled in with."""
    house, now = baldemore.house, timezone.now()
    partnership = house.partnerships.select_related("organisation").order_by("pk").first()
    organisation = partnership.organisation
    meeting = MeetingFactory(
        house=house, starts_at=now + dt.timedelta(days=4), ends_at=now + dt.timedelta(days=4, hours=1)
    )
    old = ActivityFactory(house=house, slug="oud", checked_on=timezone.localdate() - dt.timedelta(days=250))
    ReportFactory(activity=old, house=house)
    SearchPhraseFactory()
    return {
        "staff_place": baldemore.activity.location_id,
        "staff_offer": baldemore.activity.pk,
        "staff_session": SessionFactory(
            activity=baldemore.activity, original_start=baldemore.session.starts_at + dt.timedelta(days=2)
        ).pk,
        "staff_past": past_with_everybody(baldemore, now),
        "staff_registration": RegistrationFactory(session=baldemore.session).pk,
        **survey_pages.surveys_of(house, now),
        "area": house.working_areas.get().pk,
        "partnership": partnership.pk,
        "organisation": organisation.pk,
        "other_organisation": PartnershipFactory().organisation_id,
        "editor": EditorFactory(organisation=organisation).pk,
        "contact": ContactFactory(organisation=organisation, name="Contact").pk,
        "meeting": meeting.pk,
        "staff_invitation": MeetingInvitationFactory(meeting=meeting).pk,
        "old_offer": old.pk,
        "proposal": proposal_for(old).pk,
        "idea": IdeaFactory(house=house).pk,
        "talk": TalkFactory(house=house).pk,
        "concept": ConceptFactory().pk,
        **partner_work(house, partnership),
        **incoming_pages.brought_in(house, baldemore.coordinator),
        **project_rows.project_of(house),
        **call_pages.calls_of(house),
        **story_pages.story_rows(house, baldemore.coordinator),
        **meeting_pages.meetings_of(house, now),
        **post_of(house, now),
        **minutes_pages.around_meetings(meeting, organisation, now),
        **given_and_shared(baldemore, now),
        "officer": MembershipFactory(house=None, role=Role.OFFICER).user,
        "leader": leader_of_two(house),
    }


def partner_work(house, partnership) -> dict:
    """Files with partners, an agreement, a note, a double organisation and one that was merged."""
    organisation, now = partnership.organisation, timezone.now()
    double = PartnershipFactory(house=house, organisation__name=f"{organisation} vzw").organisation
    waiting, done = (
        PartnerImport.objects.create(house=house, file_name="partners.csv", made_at=now, state=state)
        for state in (PartnerImport.State.PREPARED, PartnerImport.State.DONE)
    )
    for number, outcome in enumerate(ImportLine.Outcome.values, start=2):
        waiting.lines.create(
            number=number, cells={"name": "Speelotheek"}, outcome=outcome, reason="Een reden."
        )
    done.lines.create(number=2, outcome="new", applied_at=now, made_organisation=True, organisation=double)
    officer = MembershipFactory(house=None, role=Role.OFFICER).user
    merge = merge_organisations(keep=organisation, gone=OrganisationFactory(name="Weg"), by=officer, now=now)
    agreement = partnership.agreements.create(title="Overeenkomst", file="agreements/x.pdf", added_at=now)
    note = PartnerNote.objects.create(house=house, organisation=organisation, text="Bel An.", written_at=now)
    return {
        "partner_import": waiting.pk,
        "import_done": done.pk,
        "double": double.pk,
        "merge": merge.pk,
        "agreement": agreement.pk,
        "note": note.pk,
    }


def past_with_everybody(baldemore, now) -> int:
    """A moment of yesterday with a family that came, one that nobody noted, one that walked in, and a count."""
    past = SessionFactory(activity=baldemore.activity, original_start=now - dt.timedelta(days=1))
    AttendanceFactory(registration=RegistrationFactory(session=past))
    RegistrationFactory(session=past, places=3)
    VisitFactory(session=past)
    HeadcountFactory(session=past, families=3, children=4)
    return past.pk


def proposal_for(activity):
    """A change of its words that waits, in an offer with two versions."""
    editor, now = partner_of(activity.house), timezone.now()
    for number, title in enumerate(("Vroeger", activity.title)):
        facts = snapshot(activity) | {"title": title}
        ActivityVersion.objects.create(activity=activity, facts=facts, at=now - dt.timedelta(days=2 - number))
    return propose(activity=activity, facts={"title": "Samen dansen"}, by=editor.user, now=now)


def given_and_shared(baldemore, now) -> dict:
    """A sheet of hers, something shared in two versions with a message, and something to learn."""
    house, activity = baldemore.house, baldemore.activity
    sheet = ReferralSheetFactory(house=house, made_by=baldemore.coordinator, language="fr")
    sheet.items.create(activity=activity, position=0)
    sheet.items.create(activity=ActivityFactory(house=house, status="archived"), position=1)
    resource = ResourceFactory(
        house=house, life_domains=["health", "housing"], added_by=baldemore.coordinator
    )
    for number in (1, 2):
        ResourceVersionFactory(resource=resource, number=number, note="Nieuw")
    news = NewsFactory(house=house, since=now.date(), until=now.date() + dt.timedelta(days=9))
    lab = ActivityFactory(
        house=house,
        title="Leerlab",
        audience="professionals",
        counts="persons",
        asks_birth_month=False,
        registration_mode="required",
        channels=["online"],
    )
    return {
        "sheet": sheet.pk,
        "sheet_code": sheet.code,
        "resource": resource.pk,
        "news": news.pk,
        "learning": lab.pk,
        "lab": SessionFactory(activity=lab, original_start=now + dt.timedelta(days=4), capacity=12).pk,
    }


def post_of(house, now) -> dict:
    """A letter that left after a second try, and one that is planned."""
    message = queue("brief", house=house, now=now)
    Message.objects.filter(pk=message.pk).update(state=Message.State.SENT, sent_at=now, attempts=2)
    for number, outcome in enumerate(["temporary", "accepted"], start=1):
        message.tries.create(number=number, started_at=now, outcome=outcome, smtp_code=250)
    returned = queue("terug", house=house, now=now)
    suppress(returned.recipient, reason=Suppression.Reason.HARD_BOUNCE, now=now)
    paid = queue("sms", house=house, now=now, channel=Channel.SMS, recipient="+32470123456")
    Message.objects.filter(pk=paid.pk).update(state=Message.State.SENT, sent_at=now, segments=1, cost="0.08")
    PlannedMessage.objects.create(
        key="gepland",
        kind="proef",
        category=Category.SESSION_REMINDER,
        subject_type="x",
        subject_id="1",
        recipient="ouder@voorbeeld.example",
        house=house,
        state="planned",
        due_at=now + dt.timedelta(days=1),
        expires_at=now + dt.timedelta(days=2),
    )
    return {"message": message.pk}


def leader_of_two(house):
    """Somebody who leads two Houses."""
    user = UserFactory()
    MembershipFactory(user=user, house=house)
    MembershipFactory(user=user, house=HouseFactory(slug="ander-huis", name="Huis van het Kind Ander"))
    return user
