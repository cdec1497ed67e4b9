"""Two organisations that are one: all that belongs to the one moves to the other, and for thirty days it can go back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core import serializers
from django.db import IntegrityError, models, transaction

from huizen.actions.logbook import record
from huizen.models import House, User
from partners.actions.merge_spans import Chain, mixed_chains
from partners.belongings import all_belongings
from partners.models import Agreement, Editor, ImportLine, Organisation, OrganisationMerge, Partnership

#: How long a merge can be undone (docs/data-retention.yaml forgets what is needed for it on the same day).
UNDO = timedelta(days=30)
#: What the one that stays gets from the one that goes, where it has nothing itself.
FILLED = (
    "kind",
    "life_domains",
    "description",
    "phone",
    "email",
    "website",
    "logo",
    "kbo_number",
    "sociale_kaart_id",
)
#: What hangs on a partnership, and follows when another partnership stands for it.
ON_PARTNERSHIP: tuple[type[models.Model], ...] = (Agreement, ImportLine)


class MergeError(Exception):
    """Why two organisations cannot become one, or one two again; its text is for who tried."""


def may_merge(user: User, first: Organisation, second: Organisation) -> bool:
    """The agency may always; a coordinator where both are partners of one House of hers."""
    return Organisation.objects.mergeable_by(user, first).filter(pk=second.pk).exists()


@dataclass
class Preview:
    """What a merge would do: how much moves, in words, which facts are taken over, and the Houses of both."""

    moves: list[str] = field(default_factory=list)
    filled: list[tuple[str, str]] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)


def what_moves(*, keep: Organisation, gone: Organisation) -> Preview:
    """Look what a merge would do. Changes nothing."""
    counted = [(belonging, belonging.of(gone).count()) for belonging in all_belongings() if belonging.told]
    facts = _facts_to_fill(keep, gone)
    return Preview(
        moves=[belonging.words(number) for belonging, number in counted if number],
        filled=[(_label(name), _shown(gone, name)) for name in facts],
        chains=mixed_chains(keep, gone),
    )


def _label(name: str) -> str:
    return str(getattr(Organisation._meta.get_field(name), "verbose_name", name))


def _shown(organisation: Organisation, name: str) -> str:
    if name == "life_domains":
        return ", ".join(map(str, organisation.life_domain_labels))
    return "ja" if name == "logo" else str(getattr(organisation, name))


@transaction.atomic
def merge_organisations(
    *, keep: Organisation, gone: Organisation, by: User, now: datetime, house: House | None = None
) -> OrganisationMerge:
    """Move all that belongs to `gone` to `keep`, fill in what `keep` has not, and take `gone` away.

    Raises MergeError when they are one already, or when the person may not.
    """
    keep, gone = _lock_both(keep, gone)
    if not may_merge(by, keep, gone):
        raise MergeError("Deze twee organisaties kan je niet samenvoegen.")
    merge = OrganisationMerge(
        organisation=keep,
        gone_key=gone.pk,
        gone_slug=gone.slug,
        gone_name=gone.name,
        merged_by=by,
        merged_at=now,
        left=_written([gone]),
    )
    for chain in mixed_chains(keep, gone):
        _join_spans(merge, chain)
    _leave_double_editors(merge, keep, gone)
    for belonging in all_belongings():
        _move(merge, belonging.label, belonging.of(gone), **{belonging.field: keep})
    facts = _facts_to_fill(keep, gone)
    # First away: a number of the register stands on one row at a time.
    gone.delete()
    _fill(merge, keep, facts)
    merge.save()
    record("merged", keep, by=by, now=now, house=house, reason=f"{merge.gone_name} hoort er nu bij"[:300])
    return merge


@transaction.atomic
def undo_merge(
    *, merge: OrganisationMerge, by: User, now: datetime, house: House | None = None
) -> Organisation:
    """Make two of one again: what moved goes back, where it is still there. What came since stays.

    Raises MergeError after thirty days, when it was done already, or when something stands in the way by now.
    """
    merge = OrganisationMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if not can_be_undone(merge, now=now):
        raise MergeError("Deze samenvoeging kan je niet meer ongedaan maken.")
    try:
        with transaction.atomic():
            gone = _put_back(merge)
    except IntegrityError as error:
        raise MergeError(
            "Er is intussen te veel veranderd. Kijk de partnerschappen en het KBO-nummer na."
        ) from error
    OrganisationMerge.objects.filter(pk=merge.pk).update(
        undone_at=now, left=[], moved={}, filled={}, partnerships={}
    )
    reason = f"{gone.name} staat weer apart"[:300]
    record("split", merge.organisation, by=by, now=now, house=house, reason=reason)
    return gone


def can_be_undone(merge: OrganisationMerge, *, now: datetime) -> bool:
    """Whether a merge stands, and is younger than thirty days."""
    return merge.undone_at is None and bool(merge.left) and now < merge.merged_at + UNDO


def _lock_both(*organisations: Organisation) -> list[Organisation]:
    """In the order of their numbers, so that two who merge at once do not wait for each other."""
    keys = [organisation.pk for organisation in organisations]
    rows = {
        row.pk: row for row in Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    if len(rows) < len(keys):
        raise MergeError("Deze twee organisaties kan je niet samenvoegen.")
    return [rows[key] for key in keys]


def _join_spans(merge: OrganisationMerge, chain: Chain) -> None:
    """One partnership stands for all that overlap, over the whole time; what hangs on the others follows."""
    merge.left += _written(chain.others)
    for other in chain.others:
        merge.partnerships[str(other.pk)] = chain.stands.pk
        for model in ON_PARTNERSHIP:
            rows = model._default_manager.filter(partnership=other)
            _move(merge, f"{model._meta.label_lower}.partnership.{other.pk}", rows, partnership=chain.stands)
        other.delete()
    former = [chain.stands.since.isoformat(), chain.stands.until and chain.stands.until.isoformat()]
    merge.filled.setdefault("spans", {})[str(chain.stands.pk)] = former
    Partnership.objects.filter(pk=chain.stands.pk).update(since=chain.since, until=chain.until)


def _leave_double_editors(merge: OrganisationMerge, keep: Organisation, gone: Organisation) -> None:
    """Who edits both, edits the one that stays."""
    present = Editor.objects.current()
    double = present.filter(organisation=gone, user__in=present.filter(organisation=keep).values("user"))
    merge.left += _written(double)
    double.delete()


def _move(merge: OrganisationMerge, label: str, rows: models.QuerySet, **to) -> None:
    keys = list(rows.values_list("pk", flat=True))
    if keys:
        merge.moved[label] = keys
        rows.filter(pk__in=keys).update(**to)


def _facts_to_fill(keep: Organisation, gone: Organisation) -> dict:
    return {name: getattr(gone, name) for name in FILLED if not getattr(keep, name) and getattr(gone, name)}


def _fill(merge: OrganisationMerge, keep: Organisation, facts: dict) -> None:
    for name, value in facts.items():
        setattr(keep, name, value)
    keep.save(update_fields=list(facts))
    merge.filled["facts"] = {
        name: value if isinstance(value, list) else str(value) for name, value in facts.items()
    }


def _written(rows: Iterable[models.Model]) -> list[dict]:
    return json.loads(serializers.serialize("json", rows))


def _put_back(merge: OrganisationMerge) -> Organisation:
    """First what the other got is taken from it, then the rows come back, then what belongs to them."""
    keep = Organisation.objects.select_for_update().get(pk=merge.organisation_id)
    _take_facts_back(merge, keep)
    for key, (since, until) in merge.filled.get("spans", {}).items():
        Partnership.objects.filter(pk=int(key)).update(since=since, until=until)
    for row in serializers.deserialize("python", merge.left):
        row.save()
    for belonging in all_belongings():
        rows = belonging.of(keep).filter(pk__in=merge.moved.get(belonging.label, []))
        rows.update(**{belonging.field: merge.gone_key})
    for model in ON_PARTNERSHIP:
        for other in merge.partnerships:
            keys = merge.moved.get(f"{model._meta.label_lower}.partnership.{other}", [])
            model._default_manager.filter(pk__in=keys).update(partnership=int(other))
    return Organisation.objects.get(pk=merge.gone_key)


def _take_facts_back(merge: OrganisationMerge, keep: Organisation) -> None:
    """What it got from the other, unless somebody wrote something else there since."""
    taken = []
    for name, value in merge.filled.get("facts", {}).items():
        now_there = getattr(keep, name)
        if (now_there if isinstance(value, list) else str(now_there)) == value:
            setattr(keep, name, [] if isinstance(value, list) else "")
            taken.append(name)
    keep.save(update_fields=taken)
