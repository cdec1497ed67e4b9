"""The sign-ups of a moment or an activity as a table, to take along in a spreadsheet."""

from collections.abc import Iterable, Iterator

from activities.models import Registration, Visit

HEAD = [
    "Moment",
    "Naam",
    "Kinderen",
    "Geboortemaand",
    "Plaatsen",
    "Toestand",
    "Beurt",
    "Aanwezig",
    "Kinderen er",
    "Volwassenen er",
    "Eerste keer",
    "E-mail",
    "Telefoon",
    "Opmerking",
    "Wil graag minder betalen",
    "Ingeschreven op",
]


def sign_up_rows(registrations: Iterable[Registration], visits: Iterable[Visit]) -> Iterator[list]:
    """A row for each sign-up, then one for each family that walked in. They come with their moment, children and
    attendance."""
    yield from map(_of_registration, registrations)
    yield from map(_of_visit, visits)


def _of_registration(row: Registration) -> list:
    children = list(row.participants.all())
    known = getattr(row, "attendance", None)
    months = [f"{child.birth_month:%Y-%m}" for child in children if child.birth_month]
    return [
        row.session.starts_at,
        row.name or "naam gewist",
        ", ".join(child.first_name for child in children),
        ", ".join(months),
        row.places,
        row.get_state_display(),
        row.waiting_number if row.state == Registration.State.WAITING else "",
        known.get_state_display() if known else "",
        known.children if known else "",
        known.adults if known else "",
        known.is_new if known else "",
        row.email,
        row.phone,
        row.note,
        row.wants_reduced,
        row.created_at,
    ]


def _of_visit(visit: Visit) -> list:
    there = ["was er", visit.children, visit.adults, visit.is_new]
    who = ["gezin zonder inschrijving", visit.first_names, "", "", "zonder inschrijving", ""]
    return [visit.session.starts_at, *who, *there, "", "", "", "", visit.marked_at]
