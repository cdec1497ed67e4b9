"""Templates of a House: kept from an offer that goes well, thrown away when nobody uses them."""

from datetime import datetime

from django.db import IntegrityError, transaction

from activities.actions.offer import OfferError
from activities.models import Activity, ActivityTemplate
from activities.offer_facts import FIELDS, RULES, snapshot
from huizen.actions.logbook import record
from huizen.models import User

#: Days belong to one season; how a rule goes (its weekdays and hours) is what a template keeps.
DATED = ("id", "dates", "skip_dates", "starts_on", "ends_on")


@transaction.atomic
def keep_template(*, activity: Activity, name: str, by: User, now: datetime) -> ActivityTemplate:
    """Keep an offer as a template of its House, without its days. Raises OfferError where the name is taken."""
    facts = {key: value for key, value in snapshot(activity).items() if key in FIELDS and key != "house"}
    rules = [
        {key: value for key, value in rule.items() if key not in DATED} for rule in snapshot(activity)[RULES]
    ]
    try:
        with transaction.atomic():
            template = ActivityTemplate.objects.create(
                house=activity.house, name=name, facts=facts | {RULES: rules}
            )
    except IntegrityError as error:
        raise OfferError("Er is al een sjabloon met deze naam. Kies een andere naam.") from error
    record("created", template, by=by, now=now, house=activity.house)
    return template


@transaction.atomic
def remove_template(*, template: ActivityTemplate, by: User, now: datetime) -> None:
    """Throw a template away; what was made with it stays."""
    record("removed", template, by=by, now=now, house=template.house)
    template.delete()
