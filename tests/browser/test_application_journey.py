"""From a draft to a project: a coordinator asks, the agency checks, a member of the jury judges, the agency selects."""

import pytest
from playwright.sync_api import expect

from projects.models import Application, Project
from tests.browser.hands import Hands
from tests.projects.application_builders import close, make_juror, make_running_call
from tests.projects.builders import make_officer

pytestmark = pytest.mark.browser
ON_THE_PAGE = "element => element.getBoundingClientRect().top + window.scrollY"


@pytest.fixture
def call(transactional_db):
    return make_running_call(title="Oproep 2027", years=1)


@pytest.fixture
def sign_in(page, cookies):
    """Another person takes the seat."""

    def as_(user, address) -> Hands:
        page.context.clear_cookies()
        page.context.add_cookies(cookies(user))
        page.goto(address)
        return Hands(page)

    return as_


def test_from_a_draft_to_a_project(sign_in, baldemore, call):
    ask(sign_in(baldemore.coordinator, "/beheer/oproepen/"))
    close(call)
    row, officer, juror = Application.objects.get(), make_officer(), make_juror(call)
    review = f"/opgroeien/aanvragen/{row.pk}/"
    hands = sign_in(officer, review)
    hands.press("Beslis en verstuur de brief", role="button")
    expect(hands.page.get_by_text("Beslist: ontvankelijk.")).to_be_visible()
    judge(sign_in(juror, "/jury/"))
    hands = sign_in(officer, review)
    expect(hands.page.get_by_text("plaats 1, gemiddelde 8,40")).to_be_visible()
    hands.choose("Selecteer: er komt een project van")
    hands.fill("Motivering", "Sterk en haalbaar.")
    hands.press("Beslis en verstuur de brief", role="button")
    expect(hands.page.get_by_text("Beslist: geselecteerd.")).to_be_visible()
    assert Project.objects.get(name="Samen lezen").house == baldemore.house


def test_what_she_is_about_to_press_stays_where_it_is_when_the_portal_says_what_it_kept(
    sign_in, baldemore, call
):
    hands = sign_in(baldemore.coordinator, "/beheer/oproepen/")
    hands.page.set_viewport_size({"width": 360, "height": 800})
    hands.press("Oproep 2027")
    hands.press("Begin een aanvraag", role="button")
    button, told = (
        hands.page.get_by_role("button", name="Bewaar en ga verder"),
        hands.page.locator("#bewaard"),
    )
    assert told.text_content() == ""
    before = button.evaluate(ON_THE_PAGE)
    hands.fill("Organisatie", "Bibliotheek")
    expect(told).to_contain_text("Bewaard om")
    assert button.evaluate(ON_THE_PAGE) == before


def ask(hands):
    """She fills in step by step; the portal keeps what she typed before she presses anything."""
    page = hands.page
    hands.press("Oproep 2027")
    hands.press("Begin een aanvraag", role="button")
    hands.fill("Organisatie", "Bibliotheek")
    hands.fill("Wat doet die in het project?", "leest voor")
    hands.fill("Wie spreken we aan?", "An Voorbeeld")
    expect(page.locator("#bewaard")).to_contain_text("Bewaard om")
    go_on(hands, "Waar")
    go_on(hands, "Doelstellingen")
    hands.choose("Preventieve gezinsondersteuning")
    go_on(hands, "In het kort")
    hands.fill("Titel van het project", "Samen lezen")
    hands.turn_to("Nakijken en indienen")
    expect(page.get_by_text("Combineer minstens 2 doelstellingen.")).to_be_visible()
    hands.turn_to("Doelstellingen")
    hands.choose("Integratie en inburgering")
    go_on(hands, "In het kort")
    hands.fill("Titel van het project", "Samen lezen")
    hands.fill("Het project in het kort", "We lezen samen.")
    go_on(hands, "Doelen")
    hands.fill("Doel", "Meer gezinnen lezen")
    go_on(hands, "Wat er verandert")
    hands.fill("Wat verandert er voor gezinnen?", "Meer taal.")
    hands.fill("Hoe merken jullie dat?", "We tellen.")
    go_on(hands, "Begroting")
    hands.fill("Waarvoor", "Loon")
    page.get_by_label("Wie betaalt").first.select_option(label="Opgroeien")
    hands.fill("Bedrag (euro)", "40.000")
    go_on(hands, "Bijlagen")
    hands.press("Kijk na en dien in")
    hands.press("Dien de aanvraag in", role="button")
    expect(page.get_by_text("De aanvraag is ingediend.")).to_be_visible()


def go_on(hands, step: str):
    hands.press("Bewaar en ga verder", role="button")
    expect(hands.page.locator(".page-menu [aria-current]")).to_contain_text(step)


def judge(hands):
    hands.press("Samen lezen")
    hands.press("Nee, ik beoordeel de aanvraag", role="button")
    hands.page.get_by_label("Bereik (gewicht 60)").select_option("8")
    hands.page.get_by_label("Samenwerking (gewicht 40)").select_option("9")
    hands.press("Dien je punten in", role="button")
    expect(hands.page.get_by_text("Je punten zijn ingediend.")).to_be_visible()
