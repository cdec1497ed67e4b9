"""Forgetting who was asked to a meeting, in time (docs/data-retention.yaml)."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat

from partners.models import (
    DatePoll,
    EditorInvitation,
    Meeting,
    MeetingCalendar,
    MeetingInvitation,
    Organisation,
    OrganisationMerge,
    PartnerImport,
)


def forget_invitees(*, before: datetime, now: datetime) -> int:
    """Erase name, address and remark; which organisation came stays for the yearly report."""
    old = MeetingInvitation.objects.filter(meeting__ends_at__lt=before).exclude(name="")
    nobody = Concat(Value("gewist-"), Cast(F("pk"), models.CharField()), Value("@huizenportaal.invalid"))
    return old.update(name="", email=nobody, comment="", contact=None)


def forget_polls(*, before: datetime, now: datetime) -> int:
    """Questions for a date, with who could come when; the meeting that came of one stays."""
    return DatePoll.objects.filter(deadline__lt=before).delete()[0]


def forget_agenda_addresses(*, before: datetime, now: datetime) -> int:
    """Agenda addresses of who was asked for no meeting since, and planned none."""
    asked = MeetingInvitation.objects.filter(meeting__ends_at__gte=before).values("email")
    planned = Meeting.objects.filter(ends_at__gte=before, organiser__isnull=False).values("organiser__email")
    old = MeetingCalendar.objects.filter(made_at__lt=before).exclude(email__in=asked)
    return old.exclude(email__in=planned).delete()[0]


def forget_editor_invitations(*, before: datetime, now: datetime) -> int:
    """Invitations of partners that can no longer be used."""
    return EditorInvitation.objects.filter(expires_at__lt=before).delete()[0]


def forget_imports(*, before: datetime, now: datetime) -> int:
    """Files with partners, carried out or not; what they brought in stays."""
    return PartnerImport.objects.filter(made_at__lt=before).delete()[0]


def forget_merged(*, before: datetime, now: datetime) -> int:
    """What would put a merged organisation back. That it went into the other stays, so that its address leads there."""
    old = OrganisationMerge.objects.filter(merged_at__lt=before).exclude(left=[])
    for merge in old:
        _delete_logos(merge)
    return old.update(left=[], moved={}, filled={})


def _delete_logos(merge: OrganisationMerge) -> None:
    """The logo of who went, unless somebody shows it."""
    logos = {row["fields"].get("logo") for row in merge.left if row["model"] == "partners.organisation"}
    shown = set(Organisation.objects.filter(logo__in=logos).values_list("logo", flat=True))
    for name in filter(None, logos - shown):
        default_storage.delete(name)
