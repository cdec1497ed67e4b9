"""A journey needs the whole portal: web server, worker, letter box, and a small piece of Flanders."""

import datetime as dt
import shutil
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as portal
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from activities.models import Activity
from config.embedded.ports import free_port
from huizen.models import House, Municipality
from tests.browser import pages
from tests.browser.town import build
from tests.factories import (
    ActivityFactory,
    ContactFactory,
    HouseFactory,
    LocationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    ScheduleFactory,
    SessionFactory,
    WorkingAreaFactory,
)
from tests.processes import Process

# As long as a page gets to come: twelve answers, one after the other, take over five seconds on a busy machine.
expect.set_options(timeout=10_000)


@pytest.fixture
def letterbox(celery_worker_process, settings, tmp_path):
    """Mail as in the demo: a worker sends it, the postman takes it, /postvak/ shows it."""
    folder = Path(portal.LETTERBOX)
    shutil.rmtree(folder, ignore_errors=True)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    postman = Process("demo.postman", str(settings.EMAIL_PORT), str(folder), log=tmp_path / "postman.log")
    postman.wait_for("De postbode staat klaar.")
    celery_worker_process()
    yield folder
    postman.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def baldemore(transactional_db):
    """Places as they are, the House of Mol with an activity tomorrow for two children, and its people."""
    call_command("load_reference", verbosity=0)
    mol = Municipality.objects.get(nis_code="13025")
    house = HouseFactory(slug="baldemore", name="Huis van het Kind Baldemore", phone="0000 00 00 01", intro="Kom binnen met je kind.")  # fmt: skip
    WorkingAreaFactory(house=house, municipality=mol)
    location = LocationFactory(
        house=house, name="Antennepunt Mol", municipality=mol, postcode="2400", town="Mol",
        street="Voorbeeldstraat 1", lat=mol.lat, lon=mol.lon,
    )  # fmt: skip
    activity = ActivityFactory(
        house=house,
        location=location,
        slug="babymassage-mol",
        title="Babymassage",
        offer_type="baby_massage",
        age_min=0,
        age_max=300,
        registration_mode=Activity.RegistrationMode.REQUIRED,
        channels=[Activity.Channel.ONLINE],
        capacity=2,
    )
    start = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    schedule = ScheduleFactory(activity=activity, dates=[start.date()])
    session = SessionFactory(activity=activity, schedule=schedule, original_start=start, capacity=2)
    return SimpleNamespace(house=house, activity=activity, session=session, coordinator=coordinator_of(house))


@pytest.fixture
def addresses(baldemore):
    """What the addresses of all pages (tests/browser/pages.py) are filled in with."""
    return pages.fill(baldemore)


@pytest.fixture
def town(baldemore):
    """The House of Mol with what five people look for (tests/browser/town.py)."""
    return build(baldemore)


@pytest.fixture
def cookies(client, live_portal):
    """The cookies of somebody who is signed in; none for nobody."""

    def of(user) -> list[dict]:
        if user is None:
            return []
        client.force_login(user)
        value = client.cookies["sessionid"].value
        return [{"name": "sessionid", "value": value, "url": live_portal.url}]

    return of


def coordinator_of(house: House):
    user = MembershipFactory(house=house, user__email="coordinator@voorbeeld.example").user
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for number in range(3):
        organisation = OrganisationFactory(name=f"Partner {number + 1}")
        PartnershipFactory(house=house, organisation=organisation)
        ContactFactory(
            organisation=organisation, name=f"Contact {number + 1}", email=f"c{number}@voorbeeld.example"
        )
    return user


def mail_at(page, subject: str, *, to: str = "", seconds: float = 30):
    """Open the mail at /postvak/ as soon as it is there; real time, because the worker has its own clock."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        page.goto("/postvak/")
        row = page.locator("main li", has_text=to).filter(has_text=subject)
        if row.count():
            row.first.locator("a").first.click()
            return page
        page.wait_for_timeout(300)
    raise AssertionError(f"Geen mail '{subject}': {page.locator('main').inner_text()}")


def link_in(page, part: str) -> str:
    """The address in the mail that contains this part."""
    return page.locator(f"a[href*='{part}']").first.get_attribute("href")
