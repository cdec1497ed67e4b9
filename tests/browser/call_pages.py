"""The pages of the way to a project, and their rows: calls, applications, the jury."""

import datetime as dt

from huizen.models import House
from projects.actions.jury import declare
from projects.models import ApplicationFile, Call, JurySeat
from tests.projects.application_builders import (
    admit,
    begin,
    close,
    fill,
    judge,
    make_handed_in,
    make_juror,
    make_running_call,
)

CALL, OWN = "/opgroeien/oproepen/{open_call}", "/beheer/aanvragen/{application_draft}"
#: What a coordinator sees.
DESK = {
    "calls": "/beheer/oproepen/",
    "call": "/beheer/oproepen/{open_call}/",
    "application: who": f"{OWN}/wie/",
    "application: goals with faults": f"{OWN}/doelstellingen/?nakijken",
    "application: objectives": f"{OWN}/doelen/",
    "application: budget": f"{OWN}/begroting/?nakijken",
    "application: documents": f"{OWN}/bijlagen/",
    "application looked over": f"{OWN}/nakijken/",
    "application that was handed in": "/beheer/aanvragen/{application_judged}/",
    "letter about an application": "/beheer/aanvragen/{application_judged}/brief/",
}
#: What the agency sees.
AGENCY = {
    "programmes and calls": "/opgroeien/oproepen/",
    "new programme": "/opgroeien/programmas/nieuw/",
    "programme": "/opgroeien/programmas/{programme}/",
    "new call": "/opgroeien/programmas/{programme}/oproep/",
    "rules of a call": f"{CALL}/regels/",
    "criteria of a call": f"{CALL}/criteria/",
    "guidance of a call": f"{CALL}/uitleg/",
    "applications of a call": f"{CALL}/aanvragen/",
    "jury of a call": "/opgroeien/oproepen/{closed_call}/jury/",
    "conflict of interest to lift": "/opgroeien/belangenconflicten/{conflict}/",
    "application to check": "/opgroeien/aanvragen/{application_to_check}/",
    "application to decide": "/opgroeien/aanvragen/{application_judged}/",
    "letter of the agency": "/opgroeien/aanvragen/{application_judged}/brief/",
}
#: What a member of a jury sees.
JURY = {
    "to judge": "/jury/",
    "application to judge": "/jury/{application_judged}/",
    "conflict of interest": "/jury/{application_undeclared}/",
    "conflict of interest that was a mistake": "/jury/{application_with_conflict}/",
}


def calls_of(house: House) -> dict:
    """An open call with a draft, and a closed one with a jury; what the addresses are filled in with."""
    house.coordinator = house.memberships.filter(role="coordinator").earliest("pk").user
    is_open, closed = (
        make_running_call(
            title="Oproep die open is", contact_phone="014 00 00 00", guides={"wie": "Noem elke partner."}
        ),
        make_running_call(title="Oproep bij de jury"),
    )
    draft = fill(begin(is_open, house), title="Samen lezen", goals="integration", budget_1_1_euro="veel")
    titles = ("Op schoot", "Samen koken", "Op het plein", "In de tuin")
    judged, undeclared, unchecked, kept_from = (
        make_handed_in(closed, house, title=title) for title in titles
    )
    close(closed)
    closed = Call.objects.get(pk=closed.pk)
    juror, second = make_juror(closed), make_juror(closed)
    now = closed.closes_at + dt.timedelta(milliseconds=1)
    for row in (judged, undeclared, kept_from):
        row.call = closed
        admit(row, now=now)
    for user, points in ((juror, (8, 6)), (second, (7, 7))):
        judge(judged, user, *points, now=now)
    conflict = declare(application=kept_from, has_conflict=True, by=juror, now=now)
    return {
        "open_call": is_open.pk,
        "closed_call": closed.pk,
        "programme": is_open.programme_id,
        "call_programme": is_open.programme.slug,
        "call_year": is_open.year,
        "application_draft": draft.pk,
        "application_judged": judged.pk,
        "application_undeclared": undeclared.pk,
        "application_to_check": unchecked.pk,
        "application_with_conflict": kept_from.pk,
        "conflict": conflict.pk,
        "juror": juror,
    }


def call_routes(house: House) -> dict[str, str]:
    """What is only sent to, and documents, by route."""
    draft = house.applications.filter(state="draft").latest("pk")
    document = ApplicationFile.objects.create(application=draft, title="Brief", file="applications/x.pdf", added_at=draft.begun_at)  # fmt: skip
    judged = house.applications.filter(state="in_jury").earliest("pk")
    routes = {
        "opgroeien/oproepen/<int:pk>/bekendmaken/": draft.call,
        "opgroeien/juryleden/<int:pk>/weg/": JurySeat.objects.earliest("pk"),
        "opgroeien/aanvragen/<int:pk>/ontvankelijk/": judged,
        "opgroeien/aanvragen/<int:pk>/besluit/": judged,
        "opgroeien/aanvragen/<int:pk>/brief.pdf": judged,
        "beheer/aanvragen/<int:pk>/brief.pdf": judged,
        "beheer/oproepen/<int:pk>/begin/": draft.call,
        "beheer/aanvragen/bijlagen/<int:pk>/": document,
        "beheer/aanvragen/bijlagen/<int:pk>/weg/": document,
        "beheer/aanvragen/<int:pk>/indienen/": draft,
        "beheer/aanvragen/<int:pk>/intrekken/": draft,
        "jury/<int:pk>/belang/": judged,
    }
    return {route: str(row.pk) for route, row in routes.items()}
