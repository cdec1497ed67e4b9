"""What professionals share: who sees it, who adds, the files that we take, and its versions."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from huizen.models import Event
from huizen.roles import Role
from partners.actions.resource import SharingError, forget_withdrawn, renew_resource, share_resource
from partners.models import Resource
from tests.factories import (
    NOW,
    EditorFactory,
    HouseFactory,
    MembershipFactory,
    PartnershipFactory,
    UserFactory,
)
from tests.giving import ResourceFactory, ResourceVersionFactory

pytestmark = pytest.mark.django_db
LIST, NEW = "/beheer/delen/", "/beheer/delen/nieuw/"
FACTS = {"title": "Draaiboek", "kind": "document", "text": "", "life_domains": ["housing"], "reach": "house"}


@pytest.fixture
def editor(house):
    """Somebody who keeps the offer of a partner of the House."""
    editor = EditorFactory(organisation__name="Speelotheek")
    PartnershipFactory(house=house, organisation=editor.organisation)
    MembershipFactory(house=house, user=editor.user, role=Role.PARTNER_EDITOR)
    return editor


@pytest.fixture
def media(tmp_path, settings):
    """A folder of this test for the files."""
    store = settings.STORAGES["default"]
    settings.STORAGES = settings.STORAGES | {
        "default": store | {"OPTIONS": store["OPTIONS"] | {"location": str(tmp_path)}}
    }


def pdf(name="draaiboek.pdf", content=b"%PDF-1.7 inhoud"):
    return SimpleUploadedFile(name, content, content_type="text/html")


def share(by, house, **facts):
    return share_resource(house=house, facts=FACTS | facts, url="https://voorbeeld.example/a", by=by, now=NOW)


def seen(user):
    return set(Resource.objects.visible_to(user))


def test_a_house_and_its_partners_see_their_own_and_all_see_what_is_for_all(els, house, editor):
    own, foreign = ResourceFactory(house=house), ResourceFactory()
    shared = ResourceFactory(reach="network")
    ResourceFactory(house=house, withdrawn_at=NOW)
    officer = MembershipFactory(house=None, role=Role.OFFICER).user
    reader = MembershipFactory(house=None, role=Role.ABB_READER).user
    assert [seen(user) for user in (els, editor.user)] == [{own, shared}] * 2
    assert seen(MembershipFactory(house=foreign.house).user) == {foreign, shared}
    assert seen(officer) == {shared}
    assert [seen(user) for user in (reader, UserFactory())] == [set(), set()]


def test_who_added_it_and_who_leads_the_house_may_change_it(els, house, editor):
    added = share(editor.user, house)
    other = ResourceFactory(house=house)
    shared = ResourceFactory(reach="network")
    assert set(Resource.objects.editable_by(els)) == {added, other}
    assert set(Resource.objects.editable_by(editor.user)) == {added}
    assert shared not in Resource.objects.editable_by(els)
    editor.user.memberships.update(ended_at=NOW)
    assert not Resource.objects.editable_by(editor.user).exists()


def test_what_an_editor_adds_is_of_her_organisation_and_for_her_house_alone(house, editor):
    assert share(editor.user, house).organisation == editor.organisation
    with pytest.raises(SharingError):
        share(editor.user, house, reach="network")


def test_a_coordinator_shares_with_the_whole_network_and_it_is_logged(els, house):
    resource = share(els, house, reach="network")
    assert (resource.organisation, resource.versions.get().number) == (None, 1)
    assert Event.objects.get(verb="shared").subject_id == str(resource.pk)


def test_a_version_is_a_file_or_a_link(house):
    with pytest.raises(IntegrityError):
        ResourceVersionFactory(url="")


def test_a_new_version_leaves_the_old_one_readable(desk, els, house):
    resource = share(els, house)
    later = NOW + dt.timedelta(days=3)
    renew_resource(
        resource=resource, url="https://voorbeeld.example/b", note="Nieuwe uren", by=els, now=later
    )
    resource.refresh_from_db()
    assert resource.changed_at == later
    html = desk.get(reverse("resource_detail", args=[resource.pk])).content.decode()
    told = ("https://voorbeeld.example/a", "https://voorbeeld.example/b", "Nieuwe uren")
    assert [words for words in told if words not in html] == []
    Resource.objects.update(withdrawn_at=NOW)
    with pytest.raises(SharingError):
        renew_resource(resource=resource, url="https://voorbeeld.example/c", by=els, now=later)


def test_a_file_goes_in_and_comes_out_as_something_to_keep(desk, media, els, house):
    answer = desk.post(NEW, {**FACTS, "file": pdf("../Mijn draaiboek.pdf")})
    version = Resource.objects.get().versions.get()
    assert answer.url == reverse("resource_detail", args=[version.resource_id])
    assert version.name == "Mijn draaiboek.pdf"
    assert version.file.name.startswith("gedeeld/")
    assert "draaiboek" not in version.file.name
    file = desk.get(reverse("resource_file", args=[version.pk]))
    assert b"".join(file.streaming_content) == b"%PDF-1.7 inhoud"
    assert file["Content-Disposition"] == 'attachment; filename="Mijn draaiboek.pdf"'
    assert (file["X-Content-Type-Options"], file["Content-Type"]) == ("nosniff", "application/octet-stream")


def test_nobody_else_fetches_the_file(client, media, els, house):
    resource = share_resource(house=house, facts=FACTS, file=pdf(), by=els, now=NOW)
    page = reverse("resource_file", args=[resource.versions.get().pk])
    assert client.get(page).status_code == 302
    client.force_login(UserFactory())
    assert client.get(page).status_code == 403
    client.force_login(MembershipFactory().user)
    assert client.get(page).status_code == 404
    client.force_login(els)
    assert client.post(reverse("resource_withdraw", args=[resource.pk])).status_code == 302
    assert client.get(page).status_code == 404
    assert client.get(f"/media/{resource.versions.get().file.name}").status_code == 404


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (pdf("rooster.html"), "Kies een PDF"),
        (pdf("rooster.pdf", b"<script>alert(1)</script>"), "Kies een PDF"),
        (pdf("rooster"), "Kies een PDF"),
        (pdf("leeg.pdf", b""), "Dit bestand is leeg"),
        (pdf("groot.pdf", b"%PDF-" + b"x" * (10 * 1024 * 1024)), "hoogstens 10 MB"),
    ],
)
def test_other_files_are_refused_in_a_sentence_and_what_was_typed_stays(desk, els, file, sentence):
    answer = desk.post(NEW, {**FACTS, "file": file})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="Draaiboek"' in answer.content.decode()
    assert Resource.objects.count() == 0


@pytest.mark.parametrize(
    "more", [{}, {"url": "https://a.example", "file": pdf()}, {"url": "javascript:alert(1)"}]
)
def test_one_of_the_two_a_file_or_a_right_address(desk, els, more):
    assert desk.post(NEW, {**FACTS, **more}).status_code == 422
    assert Resource.objects.count() == 0


def test_an_editor_cannot_send_more_than_her_form_shows(client, house, editor):
    client.force_login(editor.user)
    assert 'value="network"' not in client.get(NEW).content.decode()
    facts = {**FACTS, "reach": "network", "url": "https://voorbeeld.example"}
    assert client.post(NEW, facts).status_code == 422


def test_an_editor_changes_nothing_of_another(client, house, editor):
    resource = ResourceVersionFactory(resource__house=house).resource
    client.force_login(editor.user)
    page = reverse("resource_detail", args=[resource.pk])
    assert "Trek in" not in client.get(page).content.decode()
    assert client.post(page, {"url": "https://voorbeeld.example/b"}).status_code == 404
    assert client.post(reverse("resource_withdraw", args=[resource.pk])).status_code == 404
    assert client.get(reverse("resource_withdraw", args=[resource.pk])).status_code == 405


def test_it_is_found_by_words_theme_and_kind(desk, els, house):
    podcast = ResourceFactory(
        house=house, title="Luister naar vaders", kind="podcast", life_domains=["health"]
    )
    ResourceFactory(house=house)
    for query in ("q=VADERS+luister", "thema=health", "soort=podcast"):
        assert list(desk.get(f"{LIST}?{query}").context["page"]) == [podcast]
    for query in ("q=%00", "thema=onzin", "pagina=9999999", "volgorde=x"):
        assert len(desk.get(f"{LIST}?{query}").context["page"]) == 2


def test_one_or_three_cost_the_same_queries(desk, els, house, django_assert_num_queries):
    ResourceFactory(house=house)
    desk.get(LIST)
    with django_assert_num_queries(7):
        desk.get(LIST)
    ResourceFactory.create_batch(2, house=house)
    with django_assert_num_queries(7):
        desk.get(LIST)


def test_what_was_withdrawn_is_erased_a_month_later_with_its_files(
    media, els, house, django_capture_on_commit_callbacks
):
    resource = share_resource(house=house, facts=FACTS, file=pdf(), by=els, now=NOW)
    name = resource.versions.get().file.name
    assert forget_withdrawn(before=NOW, now=NOW) == 0
    Resource.objects.update(withdrawn_at=NOW - dt.timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_withdrawn(before=NOW, now=NOW) == 2
    assert not default_storage.exists(name)


def test_who_has_two_houses_says_for_which(desk, els):
    MembershipFactory(user=els, house=HouseFactory())
    assert "Voor welk Huis deel je iets?" in desk.get(NEW).content.decode()
