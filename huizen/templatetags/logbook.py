"""The logbook in people's words."""

import re
from collections.abc import Iterable
from datetime import date

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, Field, Model

from huizen.models import Event, House
from huizen.words import day_in_full

register = template.Library()

#: A day as the logbook keeps it; what was told in words already stays as it is.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

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
    "asked_back": "vroeg iets terug over",
    "approved": "keurde goed",
    "declined": "keurde niet goed",
    "took_proposal_back": "nam een voorstel terug over",
    "archived": "archiveerde",
    "shared": "deelde",
    "renewed": "gaf een nieuwe versie van",
    "unshared": "trok in",
    "copied": "kopieerde",
    "imported": "voerde partners in uit",
    "imported_offer": "voerde activiteiten in uit",
    "added_calendar": "voegde een agenda van elders toe:",
    "followed_calendar": "volgt de agenda",
    "stopped_calendar": "volgt niet meer de agenda",
    "took_back_import": "nam terug wat binnenkwam uit",
    "merged": "voegde samen",
    "split": "haalde weer uit elkaar",
    "trusted": "laat zonder goedkeuring publiceren",
    "untrusted": "keurt het aanbod weer zelf goed",
    "noted": "schreef",
    "note_changed": "wijzigde",
    "note_removed": "wiste",
    "cancelled": "annuleerde",
    "restored": "zette terug",
    "moved": "verplaatste",
    "registered": "schreef in",
    "waiting": "zette op de wachtlijst",
    "promoted": "gaf een vrije plaats",
    "offered": "bood een plaats aan",
    "accepted": "nam een aangeboden plaats",
    "drew": "lootte",
    "took_attendance": "noteerde wie er was:",
    "shifted": "gaf een ander moment:",
    "wrote": "schreef aan gezinnen:",
    "joined_series": "schreef in voor alle momenten",
    "paused_series": "zette op pauze",
    "resumed_series": "stopte de pauze van",
    "ended_series": "stopte",
    "ended": "beëindigde",
    "added": "voegde toe",
    "planned": "plande",
    "asked": "vroeg mensen voor",
    "asked_date": "vroeg wanneer mensen kunnen voor",
    "chose_date": "koos een datum voor",
    "withdrew": "vroeg iemand niet meer voor",
    "answered": "kreeg een antwoord voor",
    "agenda_changed": "wijzigde de agenda van",
    "point_proposed": "kreeg een voorstel voor de agenda van",
    "point_accepted": "nam een voorstel op in de agenda van",
    "point_declined": "nam een voorstel niet op in de agenda van",
    "attended": "noteerde wie er was op",
    "minuted": "schreef aan het verslag van",
    "minutes_sent": "stuurde het verslag rond van",
    "minutes_approved": "keurde het verslag goed van",
    "minutes_reopened": "nam de goedkeuring terug van het verslag van",
    "action_given": "sprak af:",
    "action_given_for": "sprak iets af voor",
    "action_changed": "sprak anders af:",
    "action_done": "rondde af:",
    "action_dropped": "vond niet meer nodig:",
    "action_reopened": "zette weer open:",
    "retired": "nam uit gebruik",
    "reopened": "nam weer in gebruik",
    "switched_off": "zette uit",
    "switched_on": "zette weer aan",
    "dismissed": "vond niet nodig",
    "recalled": "bekijkt opnieuw",
    "resent": "verstuurde opnieuw",
    "tried_again": "probeert opnieuw het adres van",
    "rebuilt": "paste de momenten aan van",
    "unpublished": "haalde offline",
    "checked": "keek na",
    "asked_check": "vroeg of het nog klopt:",
    "answered_check": "antwoordde of het nog klopt:",
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
    "released": "gaf vrij",
    "submitted": "diende in",
    "given_back": "opende opnieuw",
    "project_followed": "wijzigde de opvolging van",
    "term_set": "legde de werkingsjaren vast van",
    "deadline_moved": "verplaatste de termijn van",
    "result_added": "voegde een resultaat toe aan",
    "result_edited": "wijzigde een resultaat van",
    "result_removed": "verwijderde een resultaat van",
    "objective_tied": "zei wie meewerkt aan een doel van",
    "plan_added": "zette in het plan",
    "plan_changed": "wijzigde in het plan",
    "plan_removed": "haalde uit het plan",
    "meetings_linked": "koos overleg bij",
    "amendment_asked": "vroeg",
    "amendment_accepted": "keurde goed",
    "amendment_refused": "keurde niet goed",
    "amendment_withdrawn": "trok in",
    "lengthened": "verlengde",
    "indicator_added": "voegde een indicator toe aan",
    "indicator_removed": "verwijderde een indicator van",
    "activities_linked": "koos activiteiten bij",
    "yardstick_set": "legde een meetlat vast bij",
    "yardstick_approved": "keurde een nieuwe meetlat goed bij",
    "yardstick_refused": "keurde een nieuwe meetlat niet goed bij",
    "budget_added": "voegde een lijn toe aan de begroting van",
    "project_begun": "begon het project",
    "budget_removed": "haalde een lijn weg uit de begroting van",
    "budget_shifted": "verschoof een lijn in de begroting van",
    "instalment_added": "voegde een schijf toe aan",
    "instalment_removed": "haalde een schijf weg bij",
    "entered_directory": "zette zich in de lijst van collega's:",
    "left_directory": "ging uit de lijst van collega's:",
    "asked_colleagues": "vroeg aan andere Huizen:",
    "answered_colleagues": "antwoordde op de vraag",
    "consent_given": "noteerde de toestemming",
    "consent_withdrawn": "trok de toestemming in:",
    "evidence_added": "voegde een bewijsstuk toe aan",
    "evidence_removed": "haalde een bewijsstuk weg uit",
    "story_written": "schreef het verhaal",
    "story_changed": "wijzigde het verhaal",
    "story_proposed": "legde voor aan Opgroeien:",
    "story_returned": "vroeg een aanpassing van het verhaal",
    "story_approved": "keurde het verhaal goed:",
    "story_published": "publiceerde het verhaal",
    "story_withdrawn": "haalde van het portaal:",
    "story_reworked": "nam terug om te herwerken:",
    "mainstreaming_told": "zei wat blijft van",
    "mainstreaming_confirmed": "bevestigde wat blijft van",
    "mainstreaming_removed": "haalde weg uit wat blijft:",
    "report_submitted": "diende in:",
    "report_returned": "vroeg een aanpassing van",
    "report_accepted": "aanvaardde",
    "report_reopened": "heropende",
    "point_answered": "antwoordde op een punt van",
    "commented": "schreef een opmerking bij",
    "comment_settled": "handelde een opmerking af bij",
    "comment_reopened": "opende een opmerking weer bij",
    "application_begun": "begon een aanvraag:",
    "application_submitted": "diende een aanvraag in:",
    "application_withdrawn": "trok een aanvraag in:",
    "application_admissible": "vond ontvankelijk:",
    "application_inadmissible": "vond onontvankelijk:",
    "application_selected": "selecteerde",
    "application_reserve": "zette op de reservelijst:",
    "application_not_selected": "selecteerde niet:",
    "jury_seated": "gaf een plaats in de jury van",
    "jury_unseated": "nam een plaats in de jury weg van",
    "conflict_declared": "meldde een belangenconflict bij",
    "no_conflict_declared": "meldde geen belangenconflict bij",
    "conflict_taken_back": "trok de melding van een belangenconflict in bij",
    "conflict_lifted": "hief een belangenconflict op bij",
    "judged": "gaf punten aan",
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
    "moments": "momenten",
    "confirmed": "bezette plaatsen",
    "waiting": "plaatsen op de wachtlijst",
    "objective": "doel",
    "result": "resultaat",
    "theme": "thema",
    "question": "vraag",
    "answer": "antwoord",
    "role": "rol",
    "until": "tot en met",
    "trigger": "aanleiding",
    "lots": "loten",
    "placed": "kregen een plaats",
    "criteria": "criteria",
    "guides": "uitleg",
}


#: Whose fields are told of too in the acts on a thing, by its label.
_told_with: dict[str, type[Model]] = {}


def told_with(subject: type[Model], other: type[Model]) -> None:
    """Say that acts on one thing tell of fields of another; called by an app's `ready()`."""
    _told_with[subject._meta.label_lower] = other


@register.filter
def differences(event: Event) -> list[str]:
    """One line a field, in the words of the forms: before → after."""
    models = [apps.get_model(event.subject_type)]
    if other := _told_with.get(event.subject_type):
        models.append(other)
    return [_line(models, name, before, after) for name, (before, after) in event.changes.items()]


@register.inclusion_tag("components/history.html")
def history(events: Iterable[Event], house: House | None = None) -> dict:
    """What happened to one thing, each act with its differences; another House than `house` is named."""
    return {"events": events, "house": house}


def _line(models: list[type[Model]], name: str, before, after) -> str:
    field = next(filter(None, (_field(model, name) for model in models)), None)
    label = field.verbose_name if field else COUNTED.get(name, name)
    return f"{label}: {_shown(before, field)} → {_shown(after, field)}"


def _field(model: type[Model], name: str) -> Field | None:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _shown(value, field: Field | None) -> str:
    if value in (None, "", []):
        return "leeg"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return ", ".join(_shown(one, field) for one in value)
    if isinstance(field, DateField) and not isinstance(field, DateTimeField) and _DAY.fullmatch(str(value)):
        return day_in_full(date.fromisoformat(str(value)))
    # The choices of a list stand at its members.
    labels = dict(getattr(getattr(field, "base_field", field), "flatchoices", ()))
    return str(labels.get(value, value))
