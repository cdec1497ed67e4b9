"""What the tests of the ground share: all of Flanders and Brussels (loaded once), a House, and a letter to send."""

import pytest

from huizen import reference_data
from tests.factories import HouseFactory, LocalityFactory, MembershipFactory, MunicipalityFactory
from tests.huizen import letters
from tests.undone import undone


@pytest.fixture(scope="module")
def reference(django_db_setup, django_db_blocker):
    """The whole reference data; every test of the module gets it in its own savepoint."""
    with django_db_blocker.unblock(), undone():
        reference_data.load()
        yield


@pytest.fixture
def letter_template(settings, tmp_path):
    """`templates/emails/proef.txt`, and a `kapot.txt` that cannot be written."""
    folder = tmp_path / "emails"
    folder.mkdir()
    (folder / "proef.txt").write_text(letters.TEXT, encoding="utf-8")
    (folder / "kapot.txt").write_text("Dag\n\n{% include 'bestaat-niet.txt' %}\n", encoding="utf-8")
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], tmp_path]}]
    return folder


@pytest.fixture
def house():
    return HouseFactory(slug="mol", name="Baldemore")


@pytest.fixture
def coordinator(client, house):
    """Of that House, and signed in."""
    alice = MembershipFactory(house=house).user
    client.force_login(alice)
    return alice


@pytest.fixture
def mol():
    town = MunicipalityFactory(name="Mol")
    LocalityFactory(postcode="2400", name="Mol", municipality=town, lat=51.19, lon=5.12)
    return town
