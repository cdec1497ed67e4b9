"""Groups that meet: making them, who belongs to them, and stopping."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from huizen.actions.logbook import record
from huizen.models import House, User
from huizen.words import wall
from partners.actions.invitee import Invitee, asked_as_a_whole
from partners.models import GroupMember, MeetingGroup, Organisation

Reach = GroupMember.Reach


class GroupError(Exception):
    """Why a group cannot be so; its text is for the person who tried."""


@dataclass(frozen=True)
class GroupFacts:
    """What a group is: working group, steering group or project, and its name."""

    kind: str
    name: str


def make_group(*, house: House | None, facts: GroupFacts, by: User, now: datetime) -> MeetingGroup:
    """A group of a House, or without one of the network. Raises GroupError when there is one with that name."""
    group = MeetingGroup(house=house, kind=facts.kind, name=facts.name, since=wall(now).date())
    _save(group, "created", by=by, now=now)
    return group


def change_group(*, group: MeetingGroup, facts: GroupFacts, by: User, now: datetime) -> MeetingGroup:
    """Another name or kind. Raises GroupError when there is a group with that name."""
    changes = {
        name: [getattr(group, name), getattr(facts, name)]
        for name in ("kind", "name")
        if getattr(group, name) != getattr(facts, name)
    }
    group.kind, group.name = facts.kind, facts.name
    _save(group, "changed", by=by, now=now, changes=changes)
    return group


def stop_group(*, group: MeetingGroup, by: User, now: datetime) -> MeetingGroup:
    """The group meets no more from tomorrow on; its meetings and members stay to be read."""
    group.until = wall(now).date()
    _save(group, "ended", by=by, now=now)
    return group


def reopen_group(*, group: MeetingGroup, by: User, now: datetime) -> MeetingGroup:
    """The group meets again. Raises GroupError when another one took its name."""
    group.until = None
    _save(group, "reopened", by=by, now=now)
    return group


@transaction.atomic
def add_members(
    *,
    group: MeetingGroup,
    people: Iterable[Invitee],
    organisations: Iterable[tuple[Organisation, str]],
    by: User,
    now: datetime,
) -> int:
    """Make people and whole organisations members; gives how many are new. Who is a member already stays one."""
    rows = [_person(group, one, now) for one in people]
    rows += [row for organisation, reach in organisations for row in _whole(group, organisation, reach, now)]
    known = set(group.members.values_list("email", "organisation", "reach"))
    fresh = {_key(row): row for row in rows if _key(row) not in {_key_of(*each) for each in known}}
    GroupMember.objects.bulk_create(fresh.values(), ignore_conflicts=True)
    if fresh:
        record(
            "changed", group, by=by, now=now, house=group.house, changes={"people": _more(known, len(fresh))}
        )
    return len(fresh)


@transaction.atomic
def remove_member(*, member: GroupMember, by: User, now: datetime) -> None:
    """Somebody belongs to the group no more; meetings for which she was asked already stay as they are."""
    group, many = member.group, member.group.members.count()
    member.delete()
    record("changed", group, by=by, now=now, house=group.house, changes={"people": [many, many - 1]})


def members_to_ask(group: MeetingGroup) -> list[Invitee]:
    """Whom a meeting of the group asks today: its people, and the contacts that its organisations have now."""
    found: list[Invitee] = []
    for member in group.members.select_related("organisation", "contact__organisation").order_by("pk"):
        if member.reach == Reach.ALL and member.organisation:
            found += asked_as_a_whole(member.organisation, Reach.ALL)
        else:
            chooses = member.reach == Reach.CHOOSES
            found.append(Invitee(member.name, member.email, member.contact, member.organisation, chooses))
    return found


@transaction.atomic
def _save(group: MeetingGroup, verb: str, *, by: User, now: datetime, changes: dict | None = None) -> None:
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise GroupError("Er is al een groep met deze naam.") from None
    record(verb, group, by=by, now=now, house=group.house, changes=changes)


def _person(group: MeetingGroup, one: Invitee, now: datetime) -> GroupMember:
    facts = {"organisation": one.comes_from, "contact": one.contact, "name": one.name, "email": one.address}
    return GroupMember(group=group, **facts, added_at=now)


def _whole(group: MeetingGroup, organisation: Organisation, reach: str, now: datetime) -> list[GroupMember]:
    asked = asked_as_a_whole(organisation, reach)
    email = asked[0].address if asked and reach == Reach.CHOOSES else ""
    facts = {"group": group, "organisation": organisation, "reach": reach, "name": organisation.name}
    return [GroupMember(**facts, email=email, added_at=now)] if asked else []


def _key(member: GroupMember) -> str:
    return _key_of(member.email, member.organisation_id, member.reach)


def _key_of(email: str, organisation: int | None, reach: str) -> str:
    """An address once; an organisation of which all are asked has none."""
    return email or f"{reach}:{organisation}"


def _more(known: set, added: int) -> list[int]:
    return [len(known), len(known) + added]
