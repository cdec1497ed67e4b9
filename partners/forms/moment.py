"""When and where a meeting is: what its forms judge alike."""

from datetime import UTC, date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from huizen.words import day_in_full

#: Nobody plans further ahead, and a typing error in the year does.
FURTHEST = timedelta(days=3 * 366)


def planned_day(day: date, *, today: date, earliest: date | None = None) -> date:
    """The same day, when people can plan on it: from today (or an earlier day that stands) on, within three years.

    Raises ValidationError.
    """
    if not (earliest or today) <= day <= today + FURTHEST:
        raise ValidationError("Kies een dag vanaf vandaag, binnen de drie jaar.")
    return day


def check_place(form: forms.BaseForm) -> None:
    """Whoever comes must know where to: a place or a link."""
    facts = form.cleaned_data
    if not facts.get("place") and not facts.get("online_url") and "online_url" not in form.errors:
        form.add_error("place", "Zeg waar het overleg is, of geef een link om online mee te doen.")


def read_hours(form: forms.BaseForm) -> None:
    """From `day`, `starts` and `ends` of a form the moments `starts_at` and `ends_at`; a fault at its field."""
    facts = form.cleaned_data
    if facts["ends"] <= facts["starts"]:
        form.add_error("ends", "Het einde ligt voor het begin.")
        return
    for name in ("starts", "ends"):
        try:
            facts[f"{name}_at"] = on_the_wall(facts["day"], facts[name])
        except ValidationError as error:
            form.add_error(name, error)


def on_the_wall(day: date, at: time) -> datetime:
    """The moment at which the clock in Brussels shows this. Of an hour that comes twice the first.

    Raises ValidationError for the hour that the clock skips in March.
    """
    moment = datetime.combine(
        day, at.replace(second=0, microsecond=0), tzinfo=timezone.get_default_timezone()
    )
    if timezone.localtime(moment.astimezone(UTC)).time() != moment.time():
        raise ValidationError(
            f"Dit uur bestaat niet op {day_in_full(day)}: de klok gaat dan een uur vooruit."
        )
    return moment
