"""Handing offers over to a family: a sheet is made, counted, withdrawn and forgotten. Nobody writes down for whom.

Not in the logbook: that stays for years, and a sheet must leave nothing but its count.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from activities.models import Activity, Referral, ReferralItem, ReferralSheet
from activities.models.referral import VALID
from huizen.models import House, User
from huizen.roles import Permission
from huizen.words import wall
from partners.models import Organisation

#: What a family reads, and what fits on paper.
MOST = 6


class ReferralError(Exception):
    """This sheet cannot be made; the text is a sentence for who tried."""


@transaction.atomic
def make_sheet(
    *,
    activities: Sequence[Activity],
    house: House,
    language: str,
    greeting: str,
    by: User,
    now: datetime,
) -> ReferralSheet:
    """A sheet of these offers in their order, open for 90 days; each counts as handed over once.

    Raises ReferralError where there is nothing to hand over, too much, or something that families cannot see.
    """
    keys = list(dict.fromkeys(activity.pk for activity in activities))
    if not keys:
        raise ReferralError("Kies eerst wat je meegeeft.")
    if len(keys) > MOST:
        raise ReferralError(f"Op een blad staan hoogstens {MOST} activiteiten. Haal er een paar weg.")
    if Activity.objects.published().filter(pk__in=keys).count() < len(keys):
        raise ReferralError("Een van de activiteiten staat niet meer online. Kijk nog eens wat je koos.")
    sheet = ReferralSheet.objects.create(
        made_by=by, house=house, language=language, greeting=greeting, made_at=now, expires_at=now + VALID
    )
    ReferralItem.objects.bulk_create(
        ReferralItem(sheet=sheet, activity_id=key, position=place) for place, key in enumerate(keys)
    )
    _count(keys, house=house, organisation=organisation_of(by, house), now=now)
    return sheet


@transaction.atomic
def revoke_sheet(*, sheet: ReferralSheet, by: User, now: datetime) -> ReferralSheet:
    """The sheet opens no more; it stays counted, because somebody may have read it. Twice is once."""
    sheet = ReferralSheet.objects.select_for_update().get(pk=sheet.pk, made_by=by)
    if sheet.revoked_at is None:
        sheet.revoked_at = now
        sheet.save(update_fields=["revoked_at"])
    return sheet


def forget_sheets(*, before: datetime, now: datetime) -> int:
    """Erase the sheets that were made before a time; the counts stay (docs/data-retention.yaml)."""
    return ReferralSheet.objects.filter(made_at__lt=before).delete()[0]


def organisation_of(by: User, house: House) -> Organisation | None:
    """For whom somebody hands over in a House: her own organisation; nothing for the people of the House itself."""
    if by.may_in(Permission.PUBLISH_OFFER, house):
        return None
    own = Organisation.objects.filter(editors__user=by, editors__ended_at=None)
    return own.filter(partnerships__house=house).order_by("pk").first()


def _count(keys: list[int], *, house: House, organisation: Organisation | None, now: datetime) -> None:
    month = wall(now).date().replace(day=1)
    Referral.objects.bulk_create(
        Referral(activity_id=key, house=house, organisation=organisation, month=month) for key in keys
    )
