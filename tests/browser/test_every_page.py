"""Every kind of page: no accessibility rule broken, nothing sideways, nothing from elsewhere, light enough for one bar."""

import datetime as dt
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from huizen.links import sign
from tests.factories import MeetingInvitationFactory, ProjectFactory, RegistrationFactory

pytestmark = pytest.mark.browser

PUBLIC = {
    "home": "/",
    "home of a place": "/?plaats=2400-mol",
    "home in doubt": "/?plaats=heusden",
    "results": "/activiteiten/",
    "map": "/activiteiten/kaart/",
    "finder": "/zoekhulp/",
    "nothing found": "/activiteiten/?q=xqzwv",
    "activity": "/activiteiten/babymassage-mol/",
    "houses": "/huizen/",
    "house": "/huizen/baldemore/",
    "sign-up": "/momenten/{session}/inschrijven/",
    "my sign-up": "/inschrijving/{registration}/",
    "saved": "/bewaard/?a=babymassage-mol",
    "nothing saved": "/bewaard/",
    "follow": "/volgen/?huis=baldemore",
    "follow asked": "/volgen/gevraagd/",
    "answer": "/overleg/{invitation}/",
    "projects": "/projecten/",
    "help": "/hulp/",
    "privacy": "/privacy/",
    "accessibility": "/toegankelijkheid/",
    "sources": "/bronnen/",
    "sign in": "/aanmelden/",
    "gallery": "/stijl/",
    "report": "/melden/?activiteit=babymassage-mol",
    "take part": "/huizen/baldemore/meedenken/",
    "leaflet": "/huizen/baldemore/folder/",
    "week": "/huizen/baldemore/week/",
    "offline": "/offline/",
    "not found": "/bestaat-niet/",
    "letter box": "/postvak/",
}
STAFF = {
    "desk": "/beheer/",
    "offer": "/beheer/activiteiten/",
    "new offer": "/beheer/activiteiten/nieuw/",
    "sessions": "/beheer/momenten/",
    "session": "/beheer/momenten/{session}/",
    "partners": "/beheer/partners/",
    "meetings": "/beheer/overleg/",
    "new meeting": "/beheer/overleg/nieuw/",
    "our house": "/beheer/huis/baldemore/",
    "post": "/beheer/post/",
    "team": "/beheer/team/",
    "logbook": "/beheer/logboek/",
    "to check": "/beheer/nakijken/",
    "reports": "/beheer/meldingen/",
    "taking part": "/beheer/meedenken/",
    "talk": "/beheer/meedenken/gesprek/nieuw/",
    "how often to check": "/beheer/huis/baldemore/nakijken/",
    "my page": "/mijn/",
    "family": "/mijn/gezin/",
    "what we know": "/mijn/gegevens/",
    "erase": "/mijn/wissen/",
    "safety": "/aanmelden/veiligheid/",
}
#: The whole first visit, on the wire (docs/scaling.md).
HEAVIEST = 50 * 1024


@pytest.fixture
def addresses(baldemore):
    start = timezone.now() + dt.timedelta(days=3)
    invitation = MeetingInvitationFactory(
        meeting__house=baldemore.house,
        meeting__starts_at=start,
        meeting__ends_at=start + dt.timedelta(hours=1),
    )
    registration = RegistrationFactory(session=baldemore.session)
    ProjectFactory()
    return {
        "session": baldemore.session.pk,
        "registration": sign("registration", registration.pk),
        "invitation": sign("meeting-answer", invitation.pk),
    }


def look(browser, live_portal, path, *, width, scheme, cookies=(), forced="none"):
    """Open a page as a first visit; what was wrong with it, as sentences."""
    context = browser.new_context(
        base_url=live_portal.url,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        forced_colors=forced,
        locale="nl-BE",
    )
    context.add_cookies([{**cookie, "url": live_portal.url} for cookie in cookies])
    page, wrong, requests = context.new_page(), [], []
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on(
        "console",
        lambda message: wrong.append(f"console: {message.text}") if message.type == "error" else None,
    )
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(path)
    if "?next=" in page.url:
        wrong.append("asks to sign in")
    host = urlparse(live_portal.url).netloc
    wrong += [
        f"elsewhere: {r.url}" for r in requests if urlparse(r.url).netloc != host and r.url.startswith("http")
    ]
    sizes = [request.sizes() for request in requests]
    weight = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    if weight > HEAVIEST:
        wrong.append(f"weighs {weight / 1024:.0f} KB")
    if extra := page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"):
        wrong.append(f"{extra} px sideways")
    for rule in Axe().run(page).response["violations"]:
        wrong.append(f"axe {rule['id']}: {rule['nodes'][0]['target']}")
    context.close()
    return [f"{path} {width} {scheme}: {what}" for what in wrong if "404" not in what]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_public_pages_have_no_fault(browser, live_portal, addresses, width, scheme):
    wrong = [
        fault
        for path in PUBLIC.values()
        for fault in look(browser, live_portal, path.format(**addresses), width=width, scheme=scheme)
    ]
    assert wrong == []


def test_public_pages_fit_a_very_small_screen_in_forced_colours(browser, live_portal, addresses):
    wrong = [
        fault
        for path in PUBLIC.values()
        for fault in look(
            browser, live_portal, path.format(**addresses), width=320, scheme="dark", forced="active"
        )
    ]
    assert wrong == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_staff_pages_have_no_fault(browser, live_portal, addresses, baldemore, client, width, scheme):
    client.force_login(baldemore.coordinator)
    cookies = [{"name": "sessionid", "value": client.cookies["sessionid"].value}]
    wrong = [
        fault
        for path in STAFF.values()
        for fault in look(
            browser, live_portal, path.format(**addresses), width=width, scheme=scheme, cookies=cookies
        )
    ]
    assert wrong == []
