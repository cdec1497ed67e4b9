"""Files with offer, for the tests of bringing them in."""

from activities.actions.offer_import import carry_out_offer_imports, prepare_offer_import, start_offer_import
from activities.forms.offer_import import HEAD, read_offer
from huizen.uploaded_table import read_table
from tests import tables
from tests.factories import NOW, TODAY

WHAT = {"Titel": "Samen dansen", "Soort": "Spelen en ontmoeten", "In één zin": "Dans met je kind."}


def table(*lines):
    """A file of lines that name only what is other than usual; None for an empty cell."""
    return tables.table(HEAD, *(WHAT | line for line in lines))


def prepared(content, house, by):
    sheet = read_offer(read_table(content), house=house, today=TODAY)
    return prepare_offer_import(
        house=house, file_name="aanbod.csv", rows=sheet.rows, unread=sheet.unread, by=by, now=NOW
    )


def brought_in(content, house, by):
    offer_import = prepared(content, house, by)
    start_offer_import(sheet_import=offer_import, by=by, now=NOW)
    carry_out_offer_imports(now=NOW)
    offer_import.refresh_from_db()
    return offer_import
