"""A file with offer: its columns, how each cell is understood, and how an activity is written in them."""

import re
from datetime import date

from django.core.exceptions import ValidationError

from activities.forms.fields import AgeField, EuroField
from activities.forms.offer import reach_faults
from activities.models import Activity, Schedule
from activities.offer_facts import RULES, rules_of
from activities.rule_words import EXAMPLE as RULE_EXAMPLE
from activities.rule_words import RuleError, read_clock, read_rules, rule_in_words
from huizen.forms.sheet import (
    Column,
    Fault,
    choice_of,
    choices_of,
    day,
    email_of,
    phone_of,
    read_sheet,
    text_of,
)
from huizen.models import House
from huizen.search.text import folded
from huizen.sheet import Sheet
from huizen.uploaded_table import Line
from huizen.vocabulary import AGE_MAX, AGE_MIN, LANGUAGES, OfferType
from huizen.words import price
from partners.forms.organisation import kbo_digits

Mode, Price, Channel = Activity.RegistrationMode, Activity.Price, Activity.Channel
AGES = {"age_min": AgeField(unlimited=AGE_MIN), "age_max": AgeField(unlimited=AGE_MAX)}
MOST_PLACES = 32_767
FREE = {"": Price.FREE, "gratis": Price.FREE, "0": Price.FREE, "kies zelf wat je geeft": Price.OWN_CHOICE}
AUDIENCES = {"gezin": "families", "professionals": "professionals"}
MODES = {"nee": Mode.NONE, "ja": Mode.REQUIRED}


def _age(name: str):
    """Reads an age in words, or a number of months."""

    def age(text: str) -> int:
        if re.fullmatch(r"-?\d{1,3}", text, re.ASCII) and AGE_MIN <= int(text) <= AGE_MAX:
            return int(text)
        return AGES[name].clean(text)

    return age


def _price(text: str) -> tuple[str, int | None]:
    kind = FREE.get(folded(text))
    if kind is None:
        return Price.PAID.value, EuroField().clean(text)
    return str(kind), None


def _number(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,5}", text, re.ASCII) or not 0 < int(text) <= MOST_PLACES:
        raise ValidationError("Schrijf een getal, zoals 12. Leeg: er is geen grens.")
    return int(text)


def _clock(text: str):
    try:
        return read_clock(text) if text else None
    except RuleError as error:
        raise ValidationError(str(error)) from error


def _organiser(text: str) -> str:
    """A name, or the number of the enterprise register as the register writes it."""
    return kbo_digits(text) or (kbo_digits(f"0{text}") if text.isdecimal() else "") or text[:120]


COLUMNS = (
    Column("title", "Titel", text_of(Activity, "title"), ("naam", "activiteit")),
    Column("offer_type", "Soort", choice_of(OfferType.choices, "Deze soort"), ("type", "soort aanbod")),
    Column("organiser", "Organisator", _organiser, ("partner", "organisatie")),
    Column("summary", "In één zin", text_of(Activity, "summary"), ("samenvatting", "korte beschrijving")),
    Column("description", "Wat gebeurt er", text_of(Activity, "description"), ("beschrijving",)),
    Column(
        "audience",
        "Voor wie",
        choice_of(Activity.Audience.choices, "Dit publiek", AUDIENCES),
        ("publiek", "doelgroep"),
    ),
    Column("age_min", "Vanaf leeftijd", _age("age_min"), ("leeftijd vanaf", "minimumleeftijd")),
    Column("age_max", "Tot en met leeftijd", _age("age_max"), ("leeftijd tot", "maximumleeftijd")),
    Column("price", "Prijs", _price),
    Column("registration_mode", "Inschrijven", choice_of(Mode.choices, "Deze manier", MODES)),
    Column("channels", "Hoe inschrijven", choices_of(Channel.choices, "Deze weg"), ("kanaal",)),
    Column("phone", "Telefoon", phone_of(Activity), ("tel", "telefoonnummer")),
    Column("email", "E-mail", email_of(Activity), ("mail", "e-mailadres")),
    Column("capacity", "Aantal plaatsen", _number, ("plaatsen", "capaciteit")),
    Column("when", "Wanneer", str, ("uurregeling",)),
    Column("day", "Dag", day, ("datum",)),
    Column("starts_at", "Van", _clock, ("van uur", "beginuur", "start")),
    Column("ends_at", "Tot", _clock, ("tot uur", "einduur", "einde")),
    Column("location", "Plek", text_of(Activity, "title"), ("locatie", "plaats")),
    Column("languages", "Talen", choices_of(LANGUAGES, "Deze taal"), ("taal",)),
    Column(
        "dutch", "Hoeveel Nederlands", choice_of(Activity.Dutch.choices, "Dit Nederlands"), ("nederlands",)
    ),
)
HEAD = [column.head for column in COLUMNS]
_CLINIC = {
    "title": "Babymassage (voorbeeld)",
    "offer_type": OfferType.BABY_MASSAGE.label,
    "summary": "Leer je baby masseren, met een vroedvrouw erbij.",
    "age_min": "0 maanden",
    "age_max": "9 maanden",
    "price": "3,50",
    "registration_mode": Mode.REQUIRED.label,
    "channels": Channel.PHONE.label,
    "phone": "014 00 00 00",
    "capacity": "8",
    "when": "elke 1e en 3e maandag van 9 tot 12 uur, niet in schoolvakanties, vanaf 7 september 2026",
    "languages": "Nederlands, Frans",
    "dutch": Activity.Dutch.LITTLE.label,
}
_PARTY = {
    "title": "Speelnamiddag (voorbeeld)",
    "offer_type": OfferType.FAMILY_EVENT.label,
    "summary": "Een namiddag vol spelletjes voor het hele gezin.",
    "price": "gratis",
    "registration_mode": Mode.NONE.label,
    "starts_at": "14.00",
    "ends_at": "17.00",
}


def example(today: date) -> list[list[str]]:
    """Two lines that are plainly an example: one that repeats, and one on a day that is still to come."""
    party = _PARTY | {"day": f"15/5/{today.year + 1}"}
    return [[str(line.get(column.code, "")) for column in COLUMNS] for line in (_CLINIC, party)]


def read_offer(lines: list[Line], *, house: House, today: date) -> Sheet:
    """The offer on the lines of a table. Raises TableError without a column for the title, or without any line."""
    return read_sheet(lines, COLUMNS, lambda values: _facts(values, house, today))


def _facts(values: dict, house: House, today: date) -> dict:
    """What a line says, as activities/offer_facts.py keeps it; its organiser and place are still words."""
    for name, sentence in _MUST.items():
        if not values[name]:
            raise Fault(name, sentence)
    facts = {name: value for name, value in values.items() if name not in _TOGETHER}
    kind = OfferType(facts["offer_type"]).facts
    facts |= {"element": str(kind.element), "pillar": str(kind.pillar)}
    _complete_ages(facts, kind)
    facts["price_kind"], facts["price_cents"] = values["price"]
    if facts["price_kind"] == Price.PAID and not facts["price_cents"]:
        raise Fault("price", "Schrijf gratis, of een bedrag zoals 3,50.")
    _complete_sign_up(facts, house)
    _complete_audience(facts)
    facts["dutch"] = facts["dutch"] or str(Activity.Dutch.LITTLE)
    return facts | {RULES: rules_of(_rules(values, today))}


_MUST = {
    "title": "De titel ontbreekt.",
    "offer_type": "De soort ontbreekt, bijvoorbeeld Babymassage of Spelen en ontmoeten.",
    "summary": "Zeg in één zin wat het is. Die zin staat in de lijst.",
}
#: Columns that are a fact only together with others.
_TOGETHER = {"price", "when", "day", "starts_at", "ends_at"}


def _complete_ages(facts: dict, kind) -> None:
    if (facts["age_min"], facts["age_max"]) == (AGE_MIN, AGE_MAX):
        facts["age_min"], facts["age_max"] = kind.age_min, kind.age_max
    if facts["age_max"] < facts["age_min"]:
        raise Fault("age_max", "De jongste leeftijd staat eerst.")


def _complete_sign_up(facts: dict, house: House) -> None:
    """How to sign up follows from what stands there, where nothing else was said."""
    facts["registration_mode"] = mode = facts["registration_mode"] or str(Mode.NONE)
    if mode != Mode.NONE and not facts["channels"]:
        facts["channels"] = [name for name in ("phone", "email") if facts[name]]
    if mode == Mode.NONE and facts["channels"]:
        raise Fault("channels", "Wie gewoon langs mag komen, hoeft nergens in te schrijven.")
    for name, sentence in reach_faults(facts, house):
        raise Fault(name, sentence)


def _complete_audience(facts: dict) -> None:
    facts["audience"] = facts["audience"] or str(Activity.Audience.FAMILIES)
    if facts["audience"] == Activity.Audience.PROFESSIONALS:
        facts |= {"counts": str(Activity.Counts.PERSONS), "asks_birth_month": False}


def _rules(values: dict, today: date) -> list[Schedule]:
    try:
        rules = read_rules(values["when"], today=today)
    except RuleError as error:
        raise Fault("when", str(error)) from error
    if values["day"]:
        rules.append(_one_day(values))
    elif values["starts_at"] or values["ends_at"]:
        raise Fault("day", f"Zeg ook op welke dag, of schrijf bij Wanneer: {RULE_EXAMPLE}.")
    return rules


def _one_day(values: dict) -> Schedule:
    starts_at, ends_at = values["starts_at"], values["ends_at"]
    if not starts_at or not ends_at:
        raise Fault("starts_at", "Zeg ook van wanneer tot wanneer.")
    if ends_at <= starts_at:
        raise Fault("ends_at", "Het einde komt na het begin.")
    return Schedule(kind=Schedule.Kind.ONCE, dates=[values["day"]], starts_at=starts_at, ends_at=ends_at)


def written(activity: Activity) -> list:
    """An activity (with its `organiser`, `location` and `schedules`) in the columns of an import."""
    told = {
        name: getattr(activity, name)
        for name in ("title", "summary", "description", "phone", "email", "capacity")
    }
    told |= {
        "offer_type": activity.get_offer_type_display(),
        "organiser": activity.organiser.name if activity.organiser else "",
        "audience": activity.get_audience_display(),
        "age_min": _age_in_words("age_min", activity.age_min),
        "age_max": _age_in_words("age_max", activity.age_max),
        "price": _price_in_words(activity),
        "registration_mode": activity.get_registration_mode_display(),
        "channels": _labels(activity.channels, Channel.choices),
        "when": "; ".join(rule_in_words(rule) for rule in activity.schedules.all()),
        "location": activity.location.name if activity.location else "",
        "languages": _labels(activity.languages, LANGUAGES),
        "dutch": activity.get_dutch_display(),
    }
    return [told.get(column.code, "") for column in COLUMNS]


def _age_in_words(name: str, months: int) -> str:
    """In words where those say the very same months; nothing where there is no limit."""
    words = AGES[name].prepare_value(months)
    return words if AGES[name].clean(words) == months else str(months)


def _price_in_words(activity: Activity) -> str:
    if activity.price_kind == Price.PAID:
        return EuroField().prepare_value(activity.price_cents)
    return price(activity.price_kind)


def _labels(codes: list[str], choices) -> str:
    labels = dict(choices)
    return ", ".join(str(labels[code]) for code in codes)
