"""Five people on a phone, each from Home to the thing done: in Arabic, with keys alone, discreetly, without scripts, for another."""

import re

import icalendar
import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.translation import gettext, override
from playwright.sync_api import expect

from activities.models import Registration
from huizen.words import day_in_full
from tests.browser.conftest import link_in, mail_at
from tests.browser.test_text_size import ADOPT, LOST, SHEETS, SIDEWAYS
from tests.browser.town import PHONE, WEDNESDAY

pytestmark = pytest.mark.browser
CALL = f"main a[href='tel:{PHONE.replace(' ', '')}']"
MOST_STOPS = 150
#: Whether one sees where the keyboard is: a ring around the thing, or around its whole card.
RING = """(one) => [one, one.closest(".card"), one.closest(".choice")].some((at) => at && getComputedStyle(at).outlineStyle !== "none"
  || getComputedStyle(one, "::after").outlineStyle !== "none")"""
#: What nobody wants to be called, on any page or in any mail.
LABELS = re.compile(
    r"kansarm|kansengroep|kansentarief|armoede|kwetsba|probleem|achterstand|behoeftig|minderbegoed|doelgroep|laagdrempelig",
    re.IGNORECASE,
)


def arabic(words: str) -> str:
    """Words of the interface as an Arabic page says them."""
    with override("ar"):
        return gettext(words)


def said(page) -> str:
    return page.locator("main").inner_text()


def sheets(page) -> int:
    """How many sheets of A4 leave the printer."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def months_ago(number: int) -> str:
    """A birth month: of who is so many months old now."""
    return f"{timezone.localdate() - relativedelta(months=number):%Y-%m}"


# 1. A pregnant mother with a toddler, little Dutch: free, nearby, this week; no login.


class Finger:
    """Taps, and counts them."""

    def __init__(self):
        self.taps = 0

    def tap(self, thing) -> None:
        thing.click()
        self.taps += 1


def test_a_mother_who_reads_arabic_finds_a_free_playgroup_in_three_taps(page, town):
    finger = Finger()
    page.goto("/ar/")
    page.get_by_role("combobox").press_sequentially("2400")
    finger.tap(page.get_by_role("option").first)
    page.wait_for_url("**/ar/?plaats=2400-mol")
    assert arabic("Deze week in je buurt") in said(page)
    finger.tap(page.get_by_role("link", name=arabic("Peuter")).first)
    card = page.locator(".offer-card", has_text="Pimpelmees")
    for fact in ("Gratis", "Kom gewoon langs", "morgen"):
        assert arabic(fact) in card.inner_text()
    finger.tap(card.get_by_role("link"))
    assert page.get_by_role("heading", level=1).inner_text() == "مجموعة اللعب"
    assert finger.taps == 3
    her_questions_are_answered(page)
    she_sees_it_on_the_map(page)
    assert page.context.cookies() == []


def her_questions_are_answered(page):
    """May my child come, who speaks my language, whom do I call: no page further, no account."""
    facts = page.locator(".fact")
    assert "نعم" in facts.filter(has_text=arabic("Broer of zus mag mee")).inner_text()
    assert arabic("Arabisch") in facts.filter(has_text=arabic("We spreken")).inner_text()
    assert arabic("Je hoeft geen Nederlands te kennen") in said(page)
    call = page.locator(CALL).first
    assert call.bounding_box()["height"] >= 44
    assert page.locator("html").get_attribute("dir") == "rtl"


def she_sees_it_on_the_map(page):
    page.goto("/ar/activiteiten/?plaats=2400-mol&leeftijd=toddler&gratis=1")
    page.get_by_role("link", name=arabic("Kaart"), exact=True).click()
    page.get_by_role("button", name=arabic("Kijk van dichtbij")).click()
    page.get_by_role("button", name=re.compile("Antennepunt Mol")).click()
    popup = page.locator(".map-list")
    assert not re.search("activiteit|plekken", popup.inner_text())
    playgroup = popup.get_by_role("link", name="Speelgroep Pimpelmees")
    still(page, playgroup)
    playgroup.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("مجموعة اللعب")


def still(page, thing) -> None:
    """Wait until the map has moved far enough to show all of what was opened."""
    seen = None
    while seen != (seen := thing.bounding_box()):
        page.wait_for_timeout(300)


# 2. Working parents of a child of four months, with the keyboard alone.


def reach(page, thing) -> None:
    """Press Tab until the keyboard is there; wherever it stops on the way, that can be seen."""
    expect(thing).to_be_visible()
    for _ in range(MOST_STOPS):
        if thing.evaluate("(one) => one === document.activeElement"):
            assert thing.evaluate(RING)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Niet met Tab te bereiken: {thing}")


def press(page, thing, key: str = "Enter") -> None:
    reach(page, thing)
    page.keyboard.press(key)


def type_month(page, number: int) -> None:
    """Where the keyboard is: first the name of the month, as the field of this browser asks, then the year."""
    month = timezone.localdate() - relativedelta(months=number)
    page.keyboard.type(f"{month:%b}")
    page.keyboard.press("ArrowRight")
    page.keyboard.type(f"{month:%Y}")


def test_working_parents_find_a_desk_a_clinic_and_a_cafe_with_the_keyboard(page, letterbox, town):
    page.goto("/")
    reach(page, page.get_by_role("combobox"))
    page.keyboard.type("2400")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?plaats=2400-mol")
    they_find_the_desk_and_its_hours(page)
    they_put_the_cafe_in_their_calendar(page, town)
    they_sign_up_for_the_clinic(page, town)
    mail_at(page, "Wegen en meten", to="ouder@voorbeeld.example")
    assert "Lou" in said(page)
    assert link_in(page, "/inschrijving/")


def they_find_the_desk_and_its_hours(page):
    reach(page, page.get_by_role("searchbox"))
    page.keyboard.type("crèche")
    page.keyboard.press("Enter")
    press(page, page.locator(".offer-card").get_by_role("link", name="Loket kinderopvang"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Loket kinderopvang")
    assert "Tijdens de openingsuren" in said(page)
    press(page, page.locator("main").get_by_role("link", name="Huis van het Kind Baldemore"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Huis van het Kind Baldemore")
    press(page, page.locator("main summary", has_text="Uren en toegang").first)
    assert "Elke dinsdag van 9 tot 12 uur\n" in said(page)
    assert "Elke woensdag van 9 tot 12 uur, niet in schoolvakanties" in said(page)


def they_put_the_cafe_in_their_calendar(page, town):
    page.goto("/activiteiten/?plaats=2400-mol")
    press(page, page.locator("summary", has_text="Kies wat past"))
    reach(page, page.get_by_label("Geboortemaand van kind 1"))
    type_month(page, 4)
    press(page, page.locator(f"input[name=dag][value='{town.free_day.weekday()}']"), "Space")
    expect(page).to_have_url(re.compile(rf"geboren={months_ago(4)}.*dag={town.free_day.weekday()}"))
    expect(page.locator(".offer-card", has_text="Koffie met ouders")).to_have_count(0)
    press(page, page.locator(".offer-card").get_by_role("link", name="Oudercafé"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Oudercafé")
    assert "niet in schoolvakanties" in said(page)
    with page.expect_download() as download:
        press(page, page.get_by_role("link", name="Zet alles in mijn agenda"))
    moments = icalendar.Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
    assert moments[0]["DTSTART"].dt.date() == town.free_day
    assert len(moments) == 4


def they_sign_up_for_the_clinic(page, town):
    page.goto("/activiteiten/?q=baby+wegen&plaats=2400-mol")
    press(page, page.locator(".offer-card").get_by_role("link", name="Wegen en meten"))
    press(page, page.get_by_role("button", name="Schrijf je in").first)
    page.wait_for_url("**/inschrijven/**")
    reach(page, page.get_by_label("Jouw naam"))
    page.keyboard.type("Demo Ouder")
    reach(page, page.get_by_label("E-mailadres"))
    page.keyboard.type("ouder@voorbeeld.example")
    reach(page, page.get_by_label("Voornaam"))
    page.keyboard.type("Lou")
    reach(page, page.get_by_label("maand"))
    type_month(page, 4)
    press(page, page.get_by_role("button", name="Schrijf ons in"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Je bent ingeschreven")


# 3. A single mother of two, on a tight budget: help, and no label.


def test_a_mother_of_two_gets_help_and_a_lower_price_without_a_label(page, letterbox, town):
    read = []
    page.on("load", lambda loaded: read.append(loaded.locator("body").inner_text()))
    page.goto("/?plaats=2400-mol")
    page.get_by_role("link", name="Opvoeden en gedrag").click()
    page.locator(".offer-card").get_by_role("link", name="Praten over opvoeden").click()
    assert page.locator(CALL).first.is_visible()
    both_children_by_birth_month(page)
    page.locator(".offer-card").get_by_role("link", name="Huiswerkklas").click()
    assert "2 euro. Minder betalen kan: zeg het als je inschrijft, of vraag ernaar." in said(page)
    assert page.context.cookies() == []
    she_signs_up_both(page)
    page.goto("/activiteiten/?q=kindergeld&plaats=2400-mol")
    page.locator(".offer-card").get_by_role("link", name="Vragen over het Groeipakket").click()
    assert page.locator(CALL).first.is_visible()
    mail_at(page, "Huiswerkklas", to="moeder@voorbeeld.example")
    assert "Emma" in said(page)
    assert "minder betalen" not in said(page).lower()
    assert [LABELS.findall(text) for text in read if LABELS.search(text)] == []
    assert Registration.objects.get().wants_reduced


def both_children_by_birth_month(page):
    page.goto("/activiteiten/?q=huiswerk&plaats=2400-mol")
    page.locator("summary", has_text="Kies wat past").click()
    page.get_by_label("Geboortemaand van kind 1").fill(months_ago(14 * 12 + 2))
    page.get_by_role("button", name="Nog een kind").click()
    page.get_by_label("Geboortemaand van kind 2").fill(months_ago(7 * 12 + 2))
    page.get_by_label("Voor al je kinderen samen").check()
    expect(page).to_have_url(re.compile(r"geboren=.*&geboren=.*&alle=1"))


def she_signs_up_both(page):
    page.get_by_role("button", name="Schrijf je in").first.click()
    page.get_by_label("Jouw naam").fill("Demo Moeder")
    page.get_by_label("E-mailadres").fill("moeder@voorbeeld.example")
    page.get_by_label("Voornaam").fill("Emma")
    page.get_by_label("maand").fill(months_ago(14 * 12 + 2))
    page.get_by_role("button", name="Nog een kind").click()
    page.get_by_label("Voornaam").nth(1).fill("Noor")
    page.get_by_label("maand").nth(1).fill(months_ago(7 * 12 + 2))
    assert "Dat mag iedereen vragen. Je hoeft niet te zeggen waarom." in said(page)
    page.get_by_label("Ik wil graag minder betalen").check()
    page.get_by_role("button", name="Schrijf ons in").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Je bent ingeschreven"


# 4. A grandparent: a rainy Wednesday with a toddler, large letters, paper; an old browser runs no scripts.


@pytest.fixture
def without_scripts(browser, live_portal):
    context = browser.new_context(
        base_url=live_portal.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_a_grandparent_finds_a_rainy_wednesday_in_large_letters_on_one_sheet(without_scripts, town):
    page = without_scripts
    page.goto("/")
    page.get_by_label("Waar woon je?").fill("2400")
    page.get_by_role("button", name="Zoek", exact=True).first.click()
    page.get_by_role("link", name="Toon alles").click()
    page.locator("summary", has_text="Kies wat past").click()
    page.get_by_label("Peuter").check()
    page.locator(f"input[name=dag][value='{WEDNESDAY}']").check()
    page.locator("summary", has_text="Rolstoel, buggy, opvang").click()
    page.locator("input[name=binnen]").check()
    page.get_by_role("button", name="Toon wat past").click()
    assert page.locator(".chosen").first.get_by_role("link").count() >= 4
    assert page.locator(".offer-card", has_text="Bostocht").count() == 0
    nothing_is_lost_in_large_letters(page)
    page.locator(".offer-card").get_by_role("link", name="Peuterturnen").click()
    assert "Woensdag" in said(page) or "Morgen" in said(page)
    assert "Pantoffels" in said(page)
    nothing_is_lost_in_large_letters(page)
    page.reload()
    assert sheets(page) == 1


def nothing_is_lost_in_large_letters(page):
    page.evaluate(ADOPT, SHEETS["twice the size"])
    assert (page.evaluate(LOST), page.evaluate(SIDEWAYS)) == ([], 0)


# 5. A school nurse who refers a family: who does it, name and number, a sheet to hand over, is it still running?


def test_a_referrer_hands_over_a_name_a_number_and_a_sheet(page, town):
    page.goto("/")
    page.get_by_role("searchbox").fill("hulp bij huiswerk in Mol")
    page.get_by_role("searchbox").press("Enter")
    page.locator(".offer-card").get_by_role("link", name="Huiswerkklas").click()
    assert "Vzw Samen Spelen" in said(page)
    it_is_still_running(page, town)
    something_to_hand_over(page, town)
    page.locator("main").get_by_role("link", name="Huis van het Kind Baldemore").first.click()
    assert "Lies Voorbeeld, brugfiguur" in said(page)
    assert page.locator(CALL).first.is_visible()
    page.locator("main summary", has_text="In je agenda, of op papier").click()
    page.get_by_role("link", name="Folder om af te drukken").click()
    page.locator(".leaflet-code svg, .leaflet-code img").wait_for()
    assert f"Bel {PHONE}" in said(page).replace("\xa0", " ")
    assert sheets(page) == 1


def it_is_still_running(page, town):
    """What runs says when it was looked at and when it is next; what is over says so, and shows the way on."""
    assert f"Nagekeken op {day_in_full(timezone.localdate())}." in said(page)
    assert page.locator("#momenten li").first.is_visible()
    address = page.url
    assert page.goto(f"/activiteiten/{town.over.slug}/").status == 410
    assert "Deze activiteit bestaat niet meer." in said(page)
    assert page.get_by_role("link", name="Toon wat erop lijkt").is_visible()
    page.goto(address)


def something_to_hand_over(page, town):
    shared = page.get_by_role("link", name="Deel", exact=True)
    assert shared.get_attribute("href").startswith("mailto:?")
    assert f"activiteiten%2F{town.homework.slug}" in shared.get_attribute("href")
    assert sheets(page) == 1
    page.emulate_media(media="print")
    assert page.locator(".print-only .qr").is_visible()
    page.emulate_media(media="null")
