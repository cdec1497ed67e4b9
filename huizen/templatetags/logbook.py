"""The logbook in people's words."""

from django import template

register = template.Library()

VERBS = {
    "invited": "nodigde uit",
    "withdrew_invitation": "trok een uitnodiging in",
    "joined": "aanvaardde een rol",
    "ended_role": "beëindigde een rol",
    "created": "maakte",
    "changed": "wijzigde",
    "removed": "verwijderde",
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
    "ended": "beëindigde",
    "added": "voegde toe",
    "planned": "plande",
    "asked": "vroeg mensen voor",
    "withdrew": "vroeg iemand niet meer voor",
    "answered": "kreeg een antwoord voor",
    "retired": "nam uit gebruik",
    "reopened": "nam weer in gebruik",
    "resent": "verstuurde opnieuw",
    "rebuilt": "paste de momenten aan van",
    "unpublished": "haalde offline",
    "checked": "keek na",
}


@register.filter
def verb(code: str) -> str:
    """What was done, in Dutch; an unknown code as it is, rather than nothing."""
    return VERBS.get(code, code.replace("_", " "))


@register.filter
def differences(changes: dict) -> list[str]:
    """One line a field: before → after."""
    return [f"{field}: {_shown(before)} → {_shown(after)}" for field, (before, after) in changes.items()]


def _shown(value) -> str:
    return "leeg" if value in (None, "", []) else str(value)
