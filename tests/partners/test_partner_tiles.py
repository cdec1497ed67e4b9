"""What the desk says of partners: who was asked and does not answer, a file that waits."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from huizen.models import Message
from partners.actions.editor import invite_editor
from partners.actions.forget import forget_imports
from partners.dashboard import import_tiles, invitation_tiles
from partners.models import EditorInvitation, ImportLine, PartnerImport
from tests.factories import NOW, MembershipFactory, PartnershipFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def partnership(house):
    return PartnershipFactory(house=house, organisation__name="Speelotheek")


def invited(partnership, by, now=NOW):
    return invite_editor(
        organisation=partnership.organisation,
        house=partnership.house,
        email="an@voorbeeld.example",
        by=by,
        now=now,
    )


@pytest.mark.parametrize(
    ("days", "told"), [(1, False), (7, False), (8, True), (15, True), (43, True), (45, False)]
)
def test_who_does_not_answer_within_a_week_is_told_of_until_a_month_after_the_end(
    partnership, els, days, told
):
    invited(partnership, els)
    tiles = list(invitation_tiles(els, NOW + days * DAY))
    assert [(tile.count, "Speelotheek" in tile.text) for tile in tiles] == ([(1, True)] if told else [])


def test_who_answered_or_was_withdrawn_is_not(partnership, els):
    invited(partnership, els)
    EditorInvitation.objects.update(accepted_at=NOW)
    assert list(invitation_tiles(els, NOW + 8 * DAY)) == []


def test_another_house_is_not_told(partnership, els):
    invited(partnership, els)
    assert list(invitation_tiles(MembershipFactory().user, NOW + 8 * DAY)) == []


def test_an_invitation_that_is_too_old_can_be_sent_again(desk, partnership, els):
    invitation = invited(partnership, els, now=timezone.now() - 20 * DAY)
    shown = desk.get(reverse("partner_detail", args=[partnership.pk])).content.decode()
    assert "niet meer geldig sinds" in shown
    desk.post(reverse("editor_invitation_resend", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.withdrawn_at
    assert EditorInvitation.objects.unanswered().get().expires_at > timezone.now()
    assert Message.objects.count() == 2


def test_a_file_that_waits_is_told_of_and_forgotten_in_time(desk, els):
    assert list(import_tiles(els, NOW)) == []
    file = SimpleUploadedFile("partners.csv", b"naam\r\nA\r\n")
    desk.post(reverse("import_create"), {"file": file})
    [tile] = import_tiles(els, NOW)
    assert tile.url == reverse("import_detail", args=[PartnerImport.objects.get().pk])
    assert list(import_tiles(MembershipFactory().user, NOW)) == []
    now = timezone.now()
    assert forget_imports(before=now - DAY, now=now) == 0
    forget_imports(before=now + DAY, now=now)
    assert not PartnerImport.objects.exists()
    assert not ImportLine.objects.exists()
