"""Taking an import of offer back: what it brought in goes again, unless it was online or something hangs on it by now."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Count, Max, Model

from activities.models import (
    Activity,
    ActivityVersion,
    Draw,
    OfferImport,
    OfferLine,
    Proposal,
    Schedule,
    Session,
)
from huizen.actions.sheet_import import Undoing, take_back
from huizen.models import Event, User

#: What an activity brings along itself, and what is only a trace; all else that points to it keeps it.
OWN: set[type[Model]] = {Schedule, Session, ActivityVersion, Proposal, OfferLine, Draw}


def what_offer_can_go(offer_import: OfferImport) -> Undoing:
    """Look through all that an import brought in, in a fixed number of queries. Changes nothing."""
    lines = list(offer_import.lines.added().select_related("activity").order_by("number"))
    activities = {line.activity_id: line.activity for line in lines}
    hanging = _hanging(list(activities))
    for key in _edited_since(offer_import):
        hanging[key].append("iemand wijzigde ze daarna")
    undoing = Undoing()
    for line in lines:
        reasons = hanging[line.activity_id]
        if activities[line.activity_id].published_at:
            reasons = ["ze stond online", *reasons]
        if reasons:
            undoing.stays.append((line, ", ".join(reasons)))
        else:
            undoing.gone.append(line)
    return undoing


def take_back_offer_import(*, sheet_import: OfferImport, by: User, now: datetime) -> Undoing:
    """Take away what can go; what stays can go later. Raises ImportStopped where that cannot be now."""
    return take_back(
        sheet_import=sheet_import,
        what_can_go=what_offer_can_go,
        take_away=_take_away,
        verb="took_back_import",
        by=by,
        now=now,
    )


def _take_away(lines: list[OfferLine]) -> None:
    Activity.objects.filter(pk__in={line.activity_id for line in lines}).delete()


def _hanging(keys: list[int]) -> dict[int, list[str]]:
    """What points to these activities or to their moments, and did not come in with them."""
    found: dict[int, list[str]] = defaultdict(list)
    for model, way in ((Activity, ""), (Session, "__activity")):
        for relation in pointing_to(model):
            other = relation.related_model
            path = f"{relation.field.name}{way}"
            rows = other._default_manager.filter(**{f"{path}__in": keys}).order_by()
            for key, number in rows.values_list(path).annotate(number=Count("pk")):
                found[key].append(f"er hangt iets aan ({number} × {other._meta.verbose_name})")
    return found


def pointing_to(model: type[Model]) -> list:
    """What points to a model and does not come in with it, also where the model does not know its name."""
    fields = model._meta.get_fields(include_hidden=True)
    return [
        field
        for field in fields
        if field.auto_created and not field.concrete and field.related_model not in OWN
    ]


def _edited_since(offer_import: OfferImport) -> list[int]:
    """The activities that somebody changed after the last line about them came in."""
    came_in = dict(
        offer_import.lines.added().values_list("activity").annotate(at=Max("applied_at")).order_by()
    )
    events = Event.objects.filter(
        subject_type=Activity._meta.label_lower,
        subject_id__in=[str(key) for key in came_in],
        verb__in=["changed", "archived", "approved", "declined"],
    )
    latest = events.values_list("subject_id").annotate(at=Max("at")).order_by()
    return [int(key) for key, at in latest if at > came_in[int(key)]]
