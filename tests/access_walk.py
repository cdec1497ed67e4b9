"""Every address of staff, walked by every role: who sees it, who can do something there (docs/access.md)."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from activities.models import ActivityTemplate, ActivityVersion
from huizen.models import Invitation, OpeningException, OpeningHours, User
from huizen.roles import Permission, Role
from partners.models import EditorInvitation
from projects.models import JurySeat
from tests.browser.call_pages import call_routes
from tests.browser.project_rows import project_routes
from tests.browser.staff_pages import EDITOR, JURY, LEADER, OFFICE, STAFF
from tests.factories import (
    EditorFactory,
    HouseFactory,
    MembershipFactory,
    OrganisationFactory,
    ReportFactory,
    SearchPhraseFactory,
)
from tests.meeting_factories import GroupMemberFactory
from tests.minutes_factories import AgendaDocumentFactory, MinutesRevisionFactory

TABLE = Path("docs/access.md")
HEAD = """# Who sees what, and who can do what

Every address of staff, walked by somebody of every role. The House is Baldemore: its offer is of one partner, whose editor is the
first column. Made by `tests/test_access.py`, which fails where this table is no longer true; `WRITE_ACCESS=1` before it writes the table anew.

**ziet**: the page opens · **doet**: what she sends is taken, or answered at its field · **·**: refused, not there for her, or it leads on to another page

"""
REFUSED = {403, 404, 405}
KEYS = {"int": "[0-9]+", "uuid": "[0-9a-f-]{36}"}


def people(house, organisation) -> dict[str, User]:
    """Somebody of each role, with the name of her column; the last four stand outside the House."""
    other = OrganisationFactory()
    return {
        "redacteur": _editor(house, organisation),
        "redacteur van een andere partner": _editor(house, other),
        "medewerker": _member(house, Role.STAFF),
        "coördinator": _member(house, Role.COORDINATOR),
        "coördinator van een ander Huis": _member(HouseFactory(), Role.COORDINATOR),
        "Opgroeien": _member(None, Role.OFFICER),
        "ABB": _member(None, Role.ABB_READER),
        "jurylid": JurySeat.objects.earliest("pk").user,
    }


def rows_for(house, organisation) -> dict[str, str]:
    """Rows of a House that no page of staff_pages.py has, by the route that asks for them."""
    activity = house.activities.get(slug="babymassage-mol")
    version = ActivityVersion.objects.filter(activity__house=house).order_by("pk").first()
    place, now = activity.location, timezone.now()
    hours = OpeningHours.objects.create(location=place, weekday=0, opens_at=dt.time(9), closes_at=dt.time(12))
    closed = OpeningException.objects.create(location=place, since=now.date(), until=now.date())
    invited = {
        "house": house,
        "email": "nieuw@voorbeeld.example",
        "created_at": now,
        "expires_at": now + dt.timedelta(days=9),
    }
    editor = EditorInvitation.objects.create(organisation=organisation, token_hash="e", **invited)
    helper = Invitation.objects.create(role=Role.STAFF, token_hash="h", **invited)
    document = AgendaDocumentFactory(item__meeting__house=house)
    template = ActivityTemplate.objects.create(house=house, name="Dansen", facts={})
    held = MinutesRevisionFactory(minutes__meeting__house=house).minutes
    routes = {
        "activiteiten/versies/<int:pk>/terug/": version,
        "huis/uren/<int:pk>/weg/": hours,
        "huis/andere-dagen/<int:pk>/weg/": closed,
        "meldingen/<int:pk>/opgelost/": ReportFactory(house=house, activity=activity),
        "meldingen/<int:pk>/niet-juist/": ReportFactory(house=house, activity=activity),
        "meldingen/<int:pk>/terug/": ReportFactory(
            house=house, activity=activity, state="solved", handled_at=now
        ),
        "nakijken/<int:pk>/": activity,
        "nakijken/<int:pk>/vraag/": activity,
        "overleg/<int:pk>/verslag.html": held,
        "overleg/<int:pk>/verslag.pdf": held,
        "overleg/<int:pk>/verslag.txt": held,
        "overleg/groepen/lid/<int:pk>/weg/": GroupMemberFactory(group__house=house),
        "overleg/documenten/<int:pk>/": document,
        "overleg/documenten/<int:pk>/weg/": document,
        "partners/uitnodiging/<int:pk>/intrekken/": editor,
        "partners/uitnodiging/<int:pk>/opnieuw/": editor,
        "rol/<int:pk>/beeindigen/": MembershipFactory(house=house),
        "sjablonen/<int:pk>/verwijderen/": template,
        "uitnodiging/<int:pk>/intrekken/": helper,
        "zoekwoorden/gemist/<int:pk>/niet-nodig/": SearchPhraseFactory(phrase="wiegendood"),
        "zoekwoorden/gemist/<int:pk>/terug/": SearchPhraseFactory(phrase="wiegelied"),
    }
    return (
        {f"beheer/{route}": str(row.pk) for route, row in routes.items()}
        | project_routes(house)
        | call_routes(house)
    )


def walk(filled: dict, rows: dict[str, str], who: dict[str, User]) -> str:
    """The table: a line an address, a column a person."""
    lines = [f"| adres | {' | '.join(who)} |", "|---|" + "---|" * len(who)]
    clients = {name: _signed_in(user) for name, user in who.items()}
    for route, path in sorted(_addresses(filled, rows)):
        cells = [_cell(client, path) for client in clients.values()]
        lines.append(f"| `/{_shown(route)}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _addresses(filled: dict, rows: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each route of staff with an address that exists; one that is only sent to borrows its keys from a page."""
    pages = [*STAFF.values(), *OFFICE.values(), *LEADER.values(), *EDITOR.values(), *JURY.values()]
    paths = [page.path.partition("?")[0].format(**filled) for page in pages]
    for route, pattern in _staff_routes():
        if route in rows:
            own = rows[route]  # the key of its row, or the whole address where it has two
            yield route, own if own.startswith("/") else "/" + re.sub(r"<[^>]+>", own, route)
        else:
            yield route, next(filter(pattern.fullmatch, paths), None) or _borrowed(route, paths)


def _borrowed(route: str, paths: list[str]) -> str:
    """An address for a route that no page shows: its beginning up to a key is that of a page."""
    path = "/"
    for piece in re.split(r"(<[^>]+>)", route):
        path += piece if not piece.startswith("<") else _key_after(path, paths)
    return path


def _key_after(beginning: str, paths: list[str]) -> str:
    found = [path[len(beginning) :].partition("/")[0] for path in paths if path.startswith(beginning)]
    return next(
        (key for key in found if re.fullmatch(r"[0-9]+|[0-9a-f-]{36}", key)), found[0] if found else "1"
    )


def _staff_routes() -> Iterator[tuple[str, re.Pattern]]:
    for pattern, view in _views(get_resolver().url_patterns):
        if isinstance(getattr(view, "access", None), Permission):
            keys = re.sub(r"<(?:(\w+):)?\w+>", lambda key: KEYS.get(key[1], "[^/]+"), pattern)
            yield pattern, re.compile("/" + keys)


def _views(patterns, before: str = ""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def _cell(client: Client, path: str) -> str:
    sees, does = _answers(client, "get", path) == 200, _answers(client, "post", path) not in REFUSED
    return " ".join(word for word, so in (("ziet", sees), ("doet", does)) if so) or "·"


def _answers(client: Client, method: str, path: str) -> int:
    """How the portal answers; what she does there is undone."""
    with transaction.atomic():
        answer = getattr(client, method)(path)
        if answer.streaming:
            # Read to its end, a file is closed.
            list(answer)
        transaction.set_rollback(True)
    assert answer.status_code not in range(500, 503), f"{method} {path}"
    return answer.status_code


def _signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def _shown(route: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", route)


def _member(house, role: Role) -> User:
    return MembershipFactory(house=house, role=role).user


def _editor(house, organisation) -> User:
    editor = EditorFactory(organisation=organisation)
    MembershipFactory(house=house, user=editor.user, role=Role.PARTNER_EDITOR)
    return editor.user
