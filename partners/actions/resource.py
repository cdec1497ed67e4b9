"""Sharing among partners: something is added, renewed, withdrawn; news is written."""

from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction

from huizen.actions.logbook import record
from huizen.actions.uploads import drop, keep
from huizen.models import House, User
from huizen.roles import Permission
from partners.models import News, Organisation, Resource, ResourceVersion


class SharingError(Exception):
    """This cannot be shared so; the text is a sentence for who tried."""


@transaction.atomic
def share_resource(
    *,
    house: House,
    facts: dict[str, Any],
    by: User,
    now: datetime,
    url: str = "",
    file: File | None = None,
) -> Resource:
    """Add something to what a House shares, with its first version. A partner's editor shares with her House alone.

    Raises SharingError where she would reach further.
    """
    if facts["reach"] == Resource.Reach.NETWORK and not leads(by, house):
        raise SharingError("Alleen een medewerker van het Huis deelt met het hele netwerk.")
    own = Organisation.objects.filter(editors__user=by, editors__ended_at=None, partnerships__house=house)
    organisation = None if leads(by, house) else own.order_by("pk").first()
    resource = Resource.objects.create(
        house=house, organisation=organisation, added_by=by, changed_at=now, **facts
    )
    _add_version(resource, number=1, url=url, file=file, note="", by=by, now=now)
    record("shared", resource, by=by, now=now, house=house)
    return resource


@transaction.atomic
def renew_resource(
    *, resource: Resource, by: User, now: datetime, url: str = "", file: File | None = None, note: str = ""
) -> ResourceVersion:
    """A newer version; the older ones stay. Raises SharingError for what was withdrawn meanwhile."""
    row = Resource.objects.select_for_update(of=("self",)).select_related("house").get(pk=resource.pk)
    if row.withdrawn_at:
        raise SharingError("Dit is intussen ingetrokken.")
    number = row.versions.count() + 1
    version = _add_version(row, number=number, url=url, file=file, note=note, by=by, now=now)
    row.changed_at = now
    row.save(update_fields=["changed_at"])
    record("renewed", row, by=by, now=now, house=row.house, changes={"versie": [number - 1, number]})
    return version


@transaction.atomic
def withdraw_resource(*, resource: Resource, by: User, now: datetime) -> Resource:
    """Nobody sees it any more, in none of its versions. Twice is once."""
    row = Resource.objects.select_for_update(of=("self",)).select_related("house").get(pk=resource.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        record("unshared", row, by=by, now=now, house=row.house)
    return row


@transaction.atomic
def write_news(*, news: News, by: User, now: datetime) -> News:
    """Keep a message for the partners, a new one or one that was changed."""
    verb = "changed" if news.pk else "created"
    news.written_at = news.written_at or now
    news.save()
    record(verb, news, by=by, now=now, house=news.house)
    return news


@transaction.atomic
def forget_withdrawn(*, before: datetime, now: datetime) -> int:
    """Erase what was withdrawn before a time, its files too."""
    old = ResourceVersion.objects.filter(resource__withdrawn_at__lt=before)
    files = [version.file for version in old.only("file")]
    gone = Resource.objects.filter(withdrawn_at__lt=before).delete()[0]
    drop(*files)
    return gone


def forget_news(*, before: datetime, now: datetime) -> int:
    """Erase messages that ended before a time."""
    return News.objects.filter(until__lt=before.date()).delete()[0]


def leads(user: User, house: House) -> bool:
    """Whether somebody decides on what a House shares."""
    return user.may_in(Permission.LEAD_SHARED, house)


def _add_version(
    resource: Resource, *, number: int, url: str, file: File | None, note: str, by: User, now: datetime
) -> ResourceVersion:
    version = ResourceVersion(resource=resource, number=number, url=url, note=note, added_by=by, added_at=now)
    if file:
        version.name, version.size = keep(version.file, file)[-120:], file.size
    version.save()
    return version
