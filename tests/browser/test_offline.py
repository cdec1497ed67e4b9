"""A phone without signal: the House, the sign-up and the offer that were read stay readable; nothing else is kept."""

import urllib.request

import pytest
from allauth.account.models import EmailAddress

from huizen.links import sign
from tests.factories import HouseFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.browser
KEPT = "async () => (await (await caches.open('paginas')).keys()).map((r) => new URL(r.url).pathname).sort()"


@pytest.fixture
def phone(browser, live_portal):
    """A page whose context can be cut off: `phone.context.set_offline(True)`."""
    context = browser.new_context(base_url=live_portal.url, viewport={"width": 360, "height": 740})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/hulp/")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller")
    yield page
    context.close()


def wait_for_kept(page, *paths):
    page.wait_for_function(
        f"async (wanted) => wanted.every(Boolean) && ({KEPT})().then((kept) => wanted.every((p) => kept.includes(p)))",
        arg=list(paths),
    )


def test_the_worker_is_under_three_kilobytes_with_the_names_of_production(live_portal):
    with urllib.request.urlopen(f"{live_portal.url}/sw.js") as answer:
        assert len(answer.read()) < 3 * 1024


def test_what_was_read_stays_readable_without_signal(phone, baldemore):
    sign_up = f"/inschrijving/{sign('registration', RegistrationFactory(session=baldemore.session).pk)}/"
    for path in ("/huizen/baldemore/", "/activiteiten/babymassage-mol/", sign_up):
        phone.goto(path)
        wait_for_kept(phone, path)
    phone.context.set_offline(True)
    phone.goto("/huizen/baldemore/")
    assert phone.locator("h1").inner_text() == "Huis van het Kind Baldemore"
    assert "Dit is een bewaarde versie van" in phone.locator("main .notice").first.inner_text()
    assert phone.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "800"
    phone.goto(sign_up)
    assert "Babymassage" in phone.locator("main").inner_text()
    phone.goto("/activiteiten/?q=iets")
    assert phone.locator("h1").inner_text() == "Je hebt nu geen internet"
    phone.get_by_role("link", name="Babymassage").first.click()
    assert phone.locator("h1").inner_text() == "Babymassage"
    phone.context.set_offline(False)
    phone.goto("/huizen/baldemore/")
    assert "bewaarde versie" not in phone.locator("main").inner_text()


def test_one_house_is_kept_and_a_saved_offer_on_request(phone, baldemore):
    HouseFactory(slug="geel")
    for path in ("/huizen/geel/", "/huizen/baldemore/"):
        phone.goto(path)
        wait_for_kept(phone, path)
    phone.evaluate(
        "navigator.serviceWorker.controller.postMessage({type: 'bewaar', url: '/activiteiten/babymassage-mol/'})"
    )
    wait_for_kept(phone, "/activiteiten/babymassage-mol/")
    phone.goto("/activiteiten/")
    assert phone.evaluate(KEPT) == ["/activiteiten/babymassage-mol/", "/huizen/baldemore/"]


def test_who_signs_off_leaves_nothing_behind(phone, baldemore, client):
    parent = UserFactory(email="ouder@voorbeeld.example")
    EmailAddress.objects.create(user=parent, email=parent.email, verified=True, primary=True)
    client.force_login(parent)
    phone.context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": client.cookies["sessionid"].value,
                "url": phone.url.partition("/hulp")[0],
            }
        ]
    )
    phone.goto("/mijn/")
    phone.goto("/huizen/baldemore/")
    wait_for_kept(phone, "/huizen/baldemore/")
    phone.get_by_role("button", name="Meld je af").click()
    phone.wait_for_url("**/")
    assert phone.evaluate(KEPT) == []


def test_a_button_forgets_for_who_has_no_account(phone, baldemore):
    phone.goto("/huizen/baldemore/")
    wait_for_kept(phone, "/huizen/baldemore/")
    phone.goto("/offline/")
    phone.get_by_role("button", name="Wis wat op deze telefoon staat").click()
    phone.get_by_text("Gewist.").wait_for()
    assert phone.evaluate(KEPT) == []
