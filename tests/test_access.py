"""Nobody sees or changes what is another's: the whole table of roles and addresses, kept in docs/access.md."""

import os

import pytest

from partners.models import Organisation
from tests.access_walk import HEAD, TABLE, people, rows_for, walk
from tests.browser.conftest import addresses, baldemore  # noqa: F401 the House that the pages are looked at in

#: What stands in an address and is there for others too: what is shared, what all may learn, whom another House may
#: ask too, calls that every House may read, and the words of the search, which are of the whole network.
FOR_OTHERS = {
    "/beheer/oproepen/<pk>/",
    "/beheer/oproepen/<pk>/begin/",
    "/beheer/delen/<pk>/",
    "/beheer/leren/<pk>/",
    "/beheer/leren/<pk>/agenda.ics",
    "/beheer/leren/momenten/<pk>/",
    "/beheer/leren/trajecten/<pk>/",
    "/beheer/uitwisseling/vragen/<pk>/",
    "/beheer/partners/toevoegen/<pk>/",
    "/beheer/zoekwoorden/<pk>/",
    "/beheer/zoekwoorden/<pk>/aan/",
    "/beheer/zoekwoorden/<pk>/uit/",
    "/beheer/zoekwoorden/gemist/<pk>/niet-nodig/",
    "/beheer/zoekwoorden/gemist/<pk>/terug/",
}


@pytest.fixture
def roles_and_rows(addresses, baldemore):  # noqa: F811
    organisation = Organisation.objects.get(pk=addresses["organisation"])
    baldemore.activity.organiser = organisation
    baldemore.activity.save()
    rows = rows_for(baldemore.house, organisation)
    return rows, people(baldemore.house, organisation)


@pytest.mark.minutes
@pytest.mark.no_cover  # thousands of answers, of which it sees only the status: every page has tests of its own
def test_the_table_of_who_may_what_is_true(addresses, roles_and_rows):  # noqa: F811
    table = walk(addresses, *roles_and_rows)
    if os.environ.get("WRITE_ACCESS"):
        TABLE.write_text(HEAD + table)
    assert TABLE.read_text() == HEAD + table
    assert {_address(line) for line in table.splitlines()[2:] if _outsider(line)} == FOR_OTHERS


def _address(line: str) -> str:
    return line.split("|")[1].strip(" `")


def _outsider(line: str) -> bool:
    """Whether one row of Baldemore is seen or changed by another partner's editor or another House's coordinator."""
    cells = [cell.strip() for cell in line.split("|")[2:-1]]
    return "<" in _address(line) and any(cells[place] != "·" for place in (1, 4))
