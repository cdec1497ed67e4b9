"""Forgetting who was asked to a meeting, in time (docs/data-retention.yaml)."""

from datetime import datetime

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat

from partners.models import EditorInvitation, MeetingInvitation


def forget_invitees(*, before: datetime, now: datetime) -> int:
    """Erase name, address and remark; which organisation came stays for the yearly report."""
    old = MeetingInvitation.objects.filter(meeting__ends_at__lt=before).exclude(name="")
    nobody = Concat(Value("gewist-"), Cast(F("pk"), models.CharField()), Value("@huizenportaal.invalid"))
    return old.update(name="", email=nobody, comment="", contact=None)


def forget_editor_invitations(*, before: datetime, now: datetime) -> int:
    """Invitations of partners that can no longer be used."""
    return EditorInvitation.objects.filter(expires_at__lt=before).delete()[0]
