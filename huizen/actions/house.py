"""What a coordinator does with the House: its facts, its working area."""

from datetime import date, datetime

from django.db import IntegrityError, models, transaction

from huizen.actions.logbook import record
from huizen.models import House, User, WorkingArea


class WorkingAreaError(Exception):
    """Why a municipality cannot be added, as a sentence for who tries."""


def changes_of(thing: models.Model) -> dict[str, list]:
    """What differs from the stored row, locked until the transaction ends: {field: [before, after]}."""
    stored = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    names = [field.attname for field in thing._meta.concrete_fields]
    before = {name: getattr(stored, name) for name in names}
    return {
        name: [_plain(before[name]), _plain(getattr(thing, name))]
        for name in names
        if before[name] != getattr(thing, name)
    }


def _plain(value):
    return value if value is None or isinstance(value, bool | int | float | list) else str(value)


@transaction.atomic
def change_house(*, house: House, by: User, now: datetime, today: date) -> None:
    """Keep the facts as filled in; who fills them in has looked at them, so they count as checked."""
    house.checked_on = today
    changes = changes_of(house)
    house.save()
    record("changed", house, by=by, now=now, house=house, changes=changes)


@transaction.atomic
def set_house_rule(*, house: House, by: User, now: datetime) -> None:
    """Keep how the House works (when it checks its offer, what it asks parents); no fact is checked by that."""
    changes = changes_of(house)
    house.save()
    if changes:
        record("changed", house, by=by, now=now, house=house, changes=changes)


@transaction.atomic
def check_house(*, house: House, by: User, now: datetime, today: date) -> None:
    """Say that everything still holds."""
    House.objects.filter(pk=house.pk).update(checked_on=today)
    record("checked", house, by=by, now=now, house=house)


@transaction.atomic
def add_working_area(*, area: WorkingArea, by: User, now: datetime) -> None:
    """Let the House serve a municipality. Raises WorkingAreaError when another House does in that time."""
    try:
        with transaction.atomic():
            area.save()
    except IntegrityError as error:
        raise WorkingAreaError("In die periode hoort deze gemeente al bij een Huis.") from error
    record("added", area, by=by, now=now, house=area.house)


@transaction.atomic
def end_working_area(*, area: WorkingArea, by: User, now: datetime) -> None:
    """Give the House's last day in a municipality. Raises WorkingAreaError when another House is there by then."""
    changes = changes_of(area)
    try:
        with transaction.atomic():
            area.save(update_fields=["until"])
    except IntegrityError as error:
        raise WorkingAreaError("In die periode hoort deze gemeente al bij een Huis.") from error
    record("ended", area, by=by, now=now, house=area.house, changes=changes)
