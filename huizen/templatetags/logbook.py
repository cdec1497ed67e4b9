"""The logbook in people's words."""

from collections.abc import Iterable

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from huizen.models import Event, House

register = template.Library()

VERBS = {
    "invited": "nodigde uit",
    "withdrew_invitation": "trok een uitnodiging in",
    "founded": "richtte op",
    "joined": "aanvaardde een rol",
    "ended_role": "beëindigde een rol",
    "created": "maakte",
    "changed": "wijzigde",
    "removed": "verwijderde",
    "translated": "vertaalde",
    "published": "publiceerde",
    "proposed": "stelde voor",
    "archived": "archiveerde",
    "copied": "kopieerde",
    "cancelled": "annuleerde",
    "restored": "zette terug",
    "moved": "verplaatste",
    "registered": "schreef in",
    "waiting": "zette op de wachtlijst",
    "promoted": "gaf een vrije plaats",
    "offered": "bood een plaats aan",
    "accepted": "nam een aangeboden plaats",
    "drew": "lootte",
    "joined_series": "schreef in voor alle momenten",
    "paused_series": "zette op pauze",
    "resumed_series": "stopte de pauze van",
    "ended_series": "stopte",
    "ended": "beëindigde",
    "added": "voegde toe",
    "planned": "plande",
    "asked": "vroeg mensen voor",
    "withdrew": "vroeg iemand niet meer voor",
    "answered": "kreeg een antwoord voor",
    "retired": "nam uit gebruik",
    "reopened": "nam weer in gebruik",
    "switched_off": "zette uit",
    "switched_on": "zette weer aan",
    "dismissed": "vond niet nodig",
    "recalled": "bekijkt opnieuw",
    "resent": "verstuurde opnieuw",
    "rebuilt": "paste de momenten aan van",
    "unpublished": "haalde offline",
    "checked": "keek na",
    "hidden": "verborg tot iemand het nakijkt",
    "expired": "liet verlopen",
    "reported": "meldde iets over",
    "solved": "loste een melding op over",
    "refused": "vond een melding niet juist over",
    "took_back": "nam een melding terug op over",
    "idea": "gaf een idee aan",
    "shown": "toonde aan ouders",
    "unshown": "toont niet meer aan ouders",
    "project_edited": "wijzigde het project",
    "objective_added": "voegde een doel toe aan",
    "objective_edited": "wijzigde een doel van",
    "objective_removed": "verwijderde een doel van",
    "objective_moved": "verplaatste een doel van",
}


@register.filter
def verb(code: str) -> str:
    """What was done, in Dutch; an unknown code as it is, rather than nothing."""
    return VERBS.get(code, code.replace("_", " "))


#: What is told of in an act and is no field of the thing itself.
COUNTED = {
    "people": "mensen",
    "added": "bijgekomen",
    "moved": "verplaatst",
    "removed": "weg",
    "kept": "gebleven",
    "position": "plaats in de rij",
    "confirmed": "bezette plaatsen",
    "waiting": "plaatsen op de wachtlijst",
    "objective": "doel",
    "answer": "antwoord",
    "role": "rol",
    "until": "tot en met",
    "trigger": "aanleiding",
    "lots": "loten",
    "placed": "kregen een plaats",
}


@register.filter
def differences(event: Event) -> list[str]:
    """One line a field, in the words of the forms: before → after."""
    model = apps.get_model(event.subject_type)
    return [_line(model, name, before, after) for name, (before, after) in event.changes.items()]


@register.inclusion_tag("components/history.html")
def history(events: Iterable[Event], house: House | None = None) -> dict:
    """What happened to one thing, each act with its differences; another House than `house` is named."""
    return {"events": events, "house": house}


def _line(model: type[Model], name: str, before, after) -> str:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        label, labels = COUNTED.get(name, name), {}
    else:
        label, labels = field.verbose_name, dict(getattr(field, "flatchoices", ()))
    return f"{label}: {_shown(before, labels)} → {_shown(after, labels)}"


def _shown(value, labels: dict) -> str:
    if value in (None, "", []):
        return "leeg"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return ", ".join(_shown(one, labels) for one in value)
    return str(labels.get(value, value))
