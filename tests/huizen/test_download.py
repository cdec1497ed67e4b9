"""A file is offered to keep, is no page of ours, and is there or is not."""

import pytest
from django.core.files.base import ContentFile
from django.http import Http404

from huizen.download import download, stored_file
from huizen.spreadsheet import table_response
from partners.models import ResourceVersion

CLOSED = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


def test_what_we_wrote_leaves_under_its_name_and_is_kept_by_nobody():
    answer = download("één", "één blad.txt", "text/plain; charset=utf-8")
    assert {name: answer[name] for name in CLOSED} == CLOSED
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9%C3%A9n%20blad.txt"


def test_what_was_uploaded_leaves_as_bytes_that_no_browser_opens():
    version = ResourceVersion()
    version.file.save("x.html", ContentFile(b"<script>"), save=False)
    version.file.close()
    answer = stored_file(version.file, "x.html")
    assert b"".join(answer) == b"<script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert {name: answer[name] for name in CLOSED} == CLOSED
    answer.file_to_stream.close()
    version.file.storage.delete(version.file.name)
    with pytest.raises(Http404):
        stored_file(version.file, "x.html")


def test_without_a_file_there_is_none():
    with pytest.raises(Http404):
        stored_file(ResourceVersion().file, "x.pdf")


@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbfWat"), ("xlsx", b"PK")])
def test_a_table_leaves_as_one_of_two_kinds(kind, begins):
    assert table_response(kind, "x", ["Wat"], [["a"]]).content.startswith(begins)


def test_a_table_of_another_kind_is_not_there():
    with pytest.raises(Http404):
        table_response("pdf", "x", ["Wat"], [])
