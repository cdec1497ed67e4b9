"""Pages on which a project tells and shows, and professionals exchange; with the rows they need."""

import datetime as dt

from django.utils import timezone

from activities.models import SupportTrack
from huizen.models import House, User
from projects.models import (
    DirectoryEntry,
    Evidence,
    ExchangeAnswer,
    ExchangeQuestion,
    PracticeExample,
    Project,
)
from tests.factories import ActivityFactory, SessionFactory
from tests.projects.report_builders import NOW, report_of
from tests.projects.story_builders import (
    make_consent,
    make_evidence,
    make_pictured_story,
    make_stays,
    make_story,
)

OWN, EXCHANGE = "/beheer/projecten/{own_project}", "/beheer/uitwisseling"
#: What a coordinator sees.
ADDRESSES = {
    "what a project tells everybody": f"{OWN}/verhaal/",
    "new story": f"{OWN}/verhaal/nieuw/",
    "story": "/beheer/verhalen/{story}/",
    "story to write": "/beheer/verhalen/{story_draft}/wijzig/",
    "what stays, new": f"{OWN}/verhaal/blijft/",
    "what stays": "/beheer/blijft/{stays}/",
    "consents": f"{OWN}/toestemmingen/",
    "consent withdrawn": "/beheer/toestemmingen/{consent}/intrekken/",
    "evidence of a report": "/beheer/verslagen/{report_open}/bewijs/",
    "evidence taken away": "/beheer/bewijs/{evidence}/weg/",
    "exchange": f"{EXCHANGE}/",
    "exchange without an answer": f"{EXCHANGE}/?q=xqzwv",
    "question to colleagues, new": f"{EXCHANGE}/vragen/nieuw/",
    "question to colleagues": f"{EXCHANGE}/vragen/{{exchange_question}}/",
    "colleagues": f"{EXCHANGE}/mensen/",
    "practice examples": f"{EXCHANGE}/voorbeelden/",
    "practice example, new": f"{EXCHANGE}/voorbeelden/nieuw/",
    "practice example": f"{EXCHANGE}/voorbeelden/{{practice_example}}/",
    "practice example to change": f"{EXCHANGE}/voorbeelden/{{practice_example}}/wijzig/",
    "support tracks": "/beheer/leren/trajecten/",
    "support track": "/beheer/leren/trajecten/{track}/",
}
#: What the agency sees.
AGENCY = {
    "new support track": "/beheer/leren/trajecten/nieuw/",
    "support track to change": "/beheer/leren/trajecten/{track}/wijzig/",
}


def story_rows(house: House, coordinator: User) -> dict:
    """What the addresses are filled in with; the project and its reports are those of project_rows.py."""
    project = house.projects.get()
    consent = make_consent(project, until=dt.date(2100, 1, 1))
    make_evidence(report_of(project, number=2), by=coordinator, consent=consent)
    evidence = make_evidence(report_of(project, number=2), by=coordinator)
    story = make_pictured_story(
        project, consent=consent, film_url="https://film.voorbeeld.example/1", learned="Klein."
    )
    question = ExchangeQuestion.objects.create(
        house=house, title="Hoe bereik je vaders?", asked_by=coordinator, asked_at=NOW, last_at=NOW
    )
    said = {"house": house, "said_by": coordinator, "said_at": NOW}
    ExchangeAnswer.objects.create(question=question, text="Op zaterdag.", **said)
    DirectoryEntry.objects.create(user=coordinator, text="Vaders bereiken", since=NOW)
    track = SupportTrack.objects.create(
        title="Nieuw", text="Voor wie begint.", is_online=True, changed_at=NOW
    )
    lab = ActivityFactory(house=house, audience="professionals", counts="persons", asks_birth_month=False)
    SessionFactory(activity=lab, original_start=timezone.now() + dt.timedelta(days=9))
    track.activities.add(lab)
    return {
        "story": story.pk,
        "story_draft": make_story(project, state="draft").pk,
        "stays": make_stays(project).pk,
        "consent": consent.pk,
        "exchange_question": question.pk,
        "practice_example": PracticeExample.objects.create(
            house=house, title="De tafel", worked="Geen balie.", for_whom="Elke ouder", changed_at=NOW
        ).pk,
        "track": track.pk,
        "evidence": evidence.pk,
    }


def story_routes(project: Project) -> dict[str, str]:
    """What is only sent to or fetched, by its route."""
    evidence = Evidence.objects.filter(report__project=project).latest("pk")
    routes = {
        "opgroeien/blijft/<int:pk>/": project.mainstreaming.get(),
        "beheer/bewijs/<int:pk>/": evidence,
        "beheer/uitwisseling/antwoorden/<int:pk>/weg/": ExchangeAnswer.objects.get(house=project.house),
    }
    return {route: str(row.pk) for route, row in routes.items()}
