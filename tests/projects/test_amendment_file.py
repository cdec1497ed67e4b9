"""Documents with a request for a change: checked, read by both sides, kept with what was decided, gone after years."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.actions.amendment import AmendmentError
from projects.actions.amendment_file import MOST_FILES, Document, forget_files
from projects.models import Amendment, AmendmentFile
from tests.factories import HouseFactory
from tests.projects.builders import make_abb_reader, make_coordinator, make_parent
from tests.projects.plan_builders import ask, decide
from tests.projects.report_builders import NOW
from tests.projects.story_builders import PDF, sent

pytestmark = pytest.mark.django_db


def document(title="Brief van de school") -> Document:
    return Document(title, ContentFile(PDF, "a.pdf"))


def asked(project, *titles, **facts) -> AmendmentFile:
    return ask(project, files=[document(each) for each in titles or ("Brief",)], **facts).files.earliest("pk")


def file_page(row) -> str:
    return reverse("amendment_file", args=[row.pk])


def test_what_was_sent_with_a_request_stays_with_it_and_its_decision(project):
    row = asked(project)
    decide(row.amendment)
    for change in (
        lambda rows: rows.update(title="Anders"),
        lambda rows: rows.update(file="x.pdf"),
        lambda rows: rows.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(AmendmentFile.objects)
    row.refresh_from_db()
    assert row.file.storage.exists(row.file.name)


def test_no_more_than_a_handful(project):
    with pytest.raises(AmendmentError, match=f"hoogstens {MOST_FILES}"):
        asked(project, *("x",) * (MOST_FILES + 1))
    assert not Amendment.objects.exists()


def test_asked_on_the_page_and_read_by_who_decides(client, project):
    client.force_login(project.coordinator)
    page = reverse("amendment_create", args=[project.slug, "verlenging"])
    assert 'enctype="multipart/form-data"' in client.get(page).content.decode()
    files = [sent(PDF, "../Brief van de school.pdf"), sent(PDF, "b\x00.PDF")]
    client.post(page, {"until": "2028-12-31", "reason": "Langer.", "files": files})
    first, second = AmendmentFile.objects.order_by("pk")
    assert (first.title, second.title) == ("Brief van de school", "b")
    assert "Brief" not in first.file.name
    client.force_login(project.officer)
    text = client.get(reverse("amendment_decide", args=[first.amendment_id])).content.decode()
    assert file_page(first) in text
    answer = client.get(file_page(first))
    assert answer["Content-Disposition"] == 'attachment; filename="brief-van-de-school.pdf"'
    assert b"".join(answer.streaming_content) == PDF


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([(b"MZ\x90", "virus.pdf")], "Dit is geen PDF"),
        ([(PDF, "a.pdf"), (b"<script>", "b.pdf")], "Dit is geen PDF"),
        ([(b"", "a.pdf")], "Dit bestand is leeg"),
        ([(PDF[:9] + b" " * 6_000_000 + b"%%EOF", "a.pdf")], "te groot"),
        ([(PDF, "a.pdf")] * (MOST_FILES + 1), "Kies hoogstens 5 documenten"),
    ],
)
def test_what_is_no_pdf_is_refused_and_what_was_typed_stays(client, project, files, words):
    client.force_login(project.coordinator)
    page = reverse("amendment_create", args=[project.slug, "partner"])
    data = {"what": "De school.", "reason": "Omdat.", "files": [sent(*each) for each in files]}
    answer = client.post(page, data)
    text = answer.content.decode()
    assert (answer.status_code, words in text, "De school." in text) == (422, True, True)
    assert not Amendment.objects.exists()


def test_without_documents_it_is_asked_as_before(client, project):
    client.force_login(project.coordinator)
    page = reverse("amendment_create", args=[project.slug, "partner"])
    client.post(page, {"what": "De school.", "reason": "Omdat."})
    assert not Amendment.objects.get().files.exists()
    assert "Documenten:" not in client.get(reverse("amendment_list", args=[project.slug])).content.decode()


def test_others_read_nothing_of_it(client, project):
    row = asked(project)
    for user, code in (
        (make_coordinator(HouseFactory()), 404),
        (make_abb_reader(), 403),
        (make_parent(), 403),
    ):
        client.force_login(user)
        assert client.get(file_page(row)).status_code == code
    client.logout()
    assert client.get(file_page(row)).url.startswith("/aanmelden/")


def test_after_years_the_file_goes_and_its_name_stays(client, project, django_capture_on_commit_callbacks):
    row = asked(project)
    with django_capture_on_commit_callbacks(execute=True):
        gone = [
            forget_files(before=day, now=day)
            for day in (NOW, NOW + dt.timedelta(days=1), NOW + dt.timedelta(days=2))
        ]
    assert gone == [0, 1, 0]
    assert not row.file.storage.exists(row.file.name)
    client.force_login(project.officer)
    text = client.get(reverse("amendment_list", args=[project.slug])).content.decode()
    assert ("Brief" in text, "gewist" in text, file_page(row) in text) == (True, True, False)
    assert client.get(file_page(row)).status_code == 404


def test_more_documents_cost_no_more_queries(client, project):
    client.force_login(project.coordinator)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("amendment_list", args=[project.slug]))
        return len(queries)

    decide(asked(project, "a", kind="partner").amendment)
    few = cost()
    decide(asked(project, "b", "c", kind="partner").amendment)
    assert cost() == few
