"""A coordinator applies step by step: what she types is kept, what is missing is named, and nothing is lost."""

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.application.parts import Step
from projects.models import Application, ApplicationFile, ApplicationVersion
from projects.typed import mark_of
from tests.factories import MembershipFactory
from tests.projects.application_builders import (
    admit,
    begin,
    close,
    fill,
    hand_in,
    make_handed_in,
    make_house,
    make_juror,
    make_running_call,
)
from tests.projects.builders import make_abb_reader, make_coordinator, make_officer, make_parent

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def closed_folder(monkeypatch, tmp_path):
    """The folder of documents, for this test alone."""
    monkeypatch.setattr(ApplicationFile._meta.get_field("file"), "storage", FileSystemStorage(tmp_path))
    return tmp_path


@pytest.fixture
def call():
    return make_running_call(title="Oproep 2027")


@pytest.fixture
def house():
    return make_house("Mol")


@pytest.fixture
def desk(client, house):
    client.force_login(house.coordinator)
    return client


@pytest.fixture
def application(call, house):
    return begin(call, house)


def page(client, name, *args, status=200):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status
    return answer.content.decode()


def sent(**texts):
    """What a browser sends, beside fields that were empty."""
    fields = {key.replace("_", "-"): text for key, text in texts.items()}
    return fields | {f"was-{key}": mark_of("") for key in fields}


def post_step(client, application, step, headers=None, **texts):
    more = texts.pop("more", {})
    url = reverse("application_step", args=[application.pk, step])
    return client.post(url, sent(**texts) | more, headers=headers)


def submit(client, application, **more):
    check = client.get(reverse("application_check", args=[application.pk]))
    facts = {"versie": application.versions_made, "gezien": check.context["mark"]}
    return client.post(reverse("application_submit", args=[application.pk]), facts | more, follow=True)


def test_a_coordinator_reads_what_a_call_asks_and_begins(desk, call, house):
    assert "Oproep 2027" in page(desk, "open_calls")
    text = page(desk, "open_call", call.pk)
    for words in ("50.000 euro subsidie per jaar", "altijd met Preventieve gezinsondersteuning", "Bereik"):
        assert words in text
    answer = desk.post(reverse("application_begin", args=[call.pk]))
    application = Application.objects.get()
    assert answer.url == reverse("application_step", args=[application.pk, "wie"])
    assert desk.post(reverse("application_begin", args=[call.pk])).url == answer.url
    assert Application.objects.count() == 1


def test_who_has_two_houses_says_for_which_one(desk, call, house):
    other = make_house("Geel")
    MembershipFactory(user=house.coordinator, house=other)
    url = reverse("application_begin", args=[call.pk])
    assert "Kies voor welk Huis" in desk.post(url, {"house": make_house().pk}, follow=True).content.decode()
    desk.post(url, {"house": other.pk})
    assert Application.objects.get().house == other


@pytest.mark.parametrize("step", [step for step in Step if step != Step.FILES])
def test_every_step_is_a_page(desk, application, step):
    assert f"<h2>{step.label}</h2>" in page(desk, "application_step", application.pk, step)


def test_the_guidance_of_the_call_stands_above_its_step(desk, application):
    application.call.guides = {"kort": "Schrijf <b>gewoon</b>."}
    application.call.save()
    assert "Schrijf &lt;b&gt;gewoon&lt;/b&gt;." in page(desk, "application_step", application.pk, "kort")


def test_the_button_keeps_what_was_typed_and_goes_on(desk, application):
    answer = post_step(desk, application, "kort", title="Samen", summary="Kort.", more={"verder": "ja"})
    assert answer.url == reverse("application_step", args=[application.pk, "doelen"])
    draft = Application.objects.get().draft
    assert (draft["title"], draft["summary"]) == ("Samen", "Kort.")


def test_a_field_is_kept_as_soon_as_it_is_left(desk, application):
    answer = post_step(desk, application, "kort", HTMX, title="Samen")
    assert f'value="{mark_of("Samen")}"' in answer.content.decode()
    assert Application.objects.get().title == "Samen"


def test_goals_are_ticked_and_unticked(desk, application):
    url = reverse("application_step", args=[application.pk, "doelstellingen"])
    goals = ["preventive_family_support", "poverty"]
    desk.post(url, {"goals": goals, "was-goals": mark_of("")})
    assert Application.objects.get().draft["goals"] == ",".join(goals)
    assert desk.get(url).content.decode().count("checked") == 2
    desk.post(url, {"was-goals": mark_of(",".join(goals))})
    assert Application.objects.get().draft["goals"] == ""


def test_another_line_stands_ready_once_the_last_is_filled_in(desk, application):
    assert "partner-3" not in page(desk, "application_step", application.pk, "wie")
    post_step(desk, application, "wie", partner_2="School", partner_2_role="leest")
    assert "partner-3" in page(desk, "application_step", application.pk, "wie")


def test_what_another_wrote_meanwhile_is_shown_and_not_lost(desk, application):
    fill(application)
    text = post_step(desk, application, "kort", title="Mijn titel").content.decode()
    assert ("Samen lezen" in text, 'value="Mijn titel"' in text) == (True, True)
    assert Application.objects.get().title == "Samen lezen"


def test_what_is_missing_is_named_with_its_step_and_at_its_field(desk, application):
    fill(application, title="", goals="integration")
    text = page(desk, "application_check", application.pk)
    assert "Vul nog in: Titel van het project" in text
    assert "Dien de aanvraag in" not in text
    shown = desk.get(reverse("application_step", args=[application.pk, "doelstellingen"]), {"nakijken": ""})
    assert "hoort dit er altijd bij: Preventieve gezinsondersteuning" in shown.content.decode()


def test_handed_in_read_back_taken_back_and_handed_in_again(desk, application):
    fill(application)
    assert "De aanvraag is ingediend." in submit(desk, application).content.decode()
    text = page(desk, "application", application.pk)
    assert ("We lezen samen." in text, "Trek de aanvraag in" in text) == (True, True)
    desk.post(reverse("application_withdraw", args=[application.pk]))
    fill(application, summary="Beter.")
    submit(desk, Application.objects.get())
    assert "Wat veranderde sinds versie 1" in page(desk, "application", application.pk)
    assert ApplicationVersion.objects.count() == 2


def test_a_second_tab_that_hands_in_is_told(desk, application):
    fill(application)
    hand_in(application)
    facts = {"versie": "0", "gezien": "oud"}
    answer = desk.post(reverse("application_submit", args=[application.pk]), facts, follow=True)
    assert "Dat kan niet: deze aanvraag is ingediend." in answer.content.decode()
    assert ApplicationVersion.objects.count() == 1


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 400, "\x00"])
def test_a_version_that_cannot_be_is_refused_with_a_sentence(desk, application, version):
    fill(application)
    assert "Er veranderde iets" in submit(desk, application, versie=version).content.decode()
    assert not ApplicationVersion.objects.exists()


def test_after_the_deadline_a_clear_sentence_and_what_was_typed(desk, application):
    fill(application)
    close(application.call)
    answer = post_step(desk, application, "kort", stays="Veel.")
    assert (
        answer.status_code,
        "sloot op" in answer.content.decode(),
        "Veel." in answer.content.decode(),
    ) == (409, True, True)
    assert "sloot op" in post_step(desk, application, "kort", HTMX, stays="Veel.").content.decode()
    text = page(desk, "application", application.pk)
    assert ("De oproep is gesloten" in text, "niet ingediend" in text) == (True, True)
    step = desk.get(reverse("application_step", args=[application.pk, "kort"]))
    assert step.url == reverse("application", args=[application.pk])
    answer = desk.post(reverse("application_submit", args=[application.pk]), {}, follow=True)
    assert "Je kan niets meer wijzigen of indienen" in answer.content.decode()


def send_file(desk, application, content=PDF, title="Brief"):
    document = SimpleUploadedFile("../../kwaad.html", content, "text/html")
    return desk.post(reverse("application_files", args=[application.pk]), {"title": title, "file": document})


def test_a_document_is_kept_closed_and_always_a_download(desk, application, closed_folder):
    send_file(desk, application)
    kept = ApplicationFile.objects.get()
    assert (closed_folder / kept.file.name).read_bytes() == PDF
    answer = desk.get(reverse("application_file", args=[kept.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("content", [b"", b"<script>", PDF[:-6]])
def test_what_is_no_pdf_is_refused(desk, application, content):
    assert send_file(desk, application, content).status_code == 422
    assert not ApplicationFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_document_that_was_handed_in_stays_with_its_version(desk, application, closed_folder):
    send_file(desk, application)
    send_file(desk, application, title="Weg")
    kept, gone = ApplicationFile.objects.order_by("pk")
    desk.post(reverse("application_file_remove", args=[gone.pk]))
    fill(application)
    hand_in(application)
    desk.post(reverse("application_file_remove", args=[kept.pk]))
    assert ApplicationFile.objects.get().removed_at is None
    desk.post(reverse("application_withdraw", args=[application.pk]))
    desk.post(reverse("application_file_remove", args=[kept.pk]))
    assert ApplicationFile.objects.get().removed_at is not None
    assert [path.name for path in closed_folder.rglob("*.pdf")] == [kept.file.name.rpartition("/")[2]]


def test_the_letter_can_be_read_and_printed(desk, application):
    assert page(desk, "application_letter", application.pk, status=404)
    fill(application)
    hand_in(application)
    close(application.call)
    application.call.refresh_from_db()
    admit(Application.objects.get(pk=application.pk), now=application.call.closes_at)
    assert "Jullie aanvraag is ontvankelijk" in page(desk, "application_letter", application.pk)


def addresses(application):
    pages = ["application", "application_files", "application_check", "application_letter"]
    posts = ["application_submit", "application_withdraw"]
    return [
        *((reverse(name, args=[application.pk]), "get") for name in pages),
        *((reverse(name, args=[application.pk]), "post") for name in posts),
        (reverse("application_step", args=[application.pk, "kort"]), "post"),
    ]


def test_another_house_sees_and_changes_nothing(client, application):
    client.force_login(make_coordinator(make_house()))
    for url, method in addresses(application):
        assert getattr(client, method)(url).status_code == 404
    assert "Mol" not in page(client, "open_call", application.call_id)


@pytest.mark.parametrize("make", [make_officer, make_abb_reader, make_juror, make_parent])
def test_who_coordinates_no_house_is_refused(client, application, make):
    client.force_login(make())
    for url, method in addresses(application):
        assert getattr(client, method)(url).status_code == 403


def test_wrong_methods_are_refused(desk, application):
    for name in ("application_submit", "application_withdraw"):
        assert desk.get(reverse(name, args=[application.pk])).status_code == 405
    assert desk.post(reverse("application", args=[application.pk])).status_code == 405


def test_a_call_that_is_not_made_public_is_not_there(desk, call):
    call.published_on = None
    call.save()
    assert "Oproep 2027" not in page(desk, "open_calls")
    assert desk.get(reverse("open_call", args=[call.pk])).status_code == 404
    assert desk.post(reverse("application_begin", args=[call.pk])).status_code == 404


def test_three_calls_and_applications_cost_as_much_as_one(desk, call, house):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page(desk, "open_calls")
        return len(captured)

    make_handed_in(call, house)
    one = queries()
    for _ in range(2):
        make_handed_in(make_running_call(), house)
    assert queries() == one
