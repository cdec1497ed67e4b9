"""The search of the results page: every choice stands in the address, and a wrong one is named, never an error."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _

from activities.actions.age import months_between
from activities.forms.search_fields import BANDS, BirthMonths, Day, Flag, Several, Stretch
from activities.models.activity import LANGUAGES
from activities.periods import common, from_until
from activities.search.periods import between
from activities.search.wanted import Spot, Wanted
from activities.topics import TOPICS
from huizen import words
from huizen.search.meaning.sentence import MOST_LETTERS
from huizen.search.understood import Choice, Understood
from huizen.vocabulary import AGE_MAX, AGE_MIN, Element, OfferType

ANY = ("", _("Alles"))
PERIODS = [
    ("vandaag", _("Vandaag")),
    ("morgen", _("Morgen")),
    ("week", _("Deze week")),
    ("weekend", _("In het weekend")),
    ("vakantie", _("In de schoolvakantie")),
]
DUTCH = [
    ("none", _("Ik spreek geen Nederlands")),
    ("little", _("Een beetje Nederlands")),
    ("fluent", _("Vlot Nederlands")),
]
DISTANCES = [
    ("5", gettext_lazy("Tot 5 km")),
    ("10", gettext_lazy("Tot 10 km")),
    ("20", gettext_lazy("Tot 20 km")),
    ("50", gettext_lazy("Tot 50 km")),
]
DAYS = (_("Maandag"), _("Dinsdag"), _("Woensdag"), _("Donderdag"), _("Vrijdag"), _("Zaterdag"), _("Zondag"))
PARTS = {"voormiddag": _("In de voormiddag"), "namiddag": _("In de namiddag"), "avond": _("In de avond")}
ORDERS = [
    ("beste", _("Wat het best past")),
    ("buurt", _("Jouw Huis eerst")),
    ("eerst", _("Wat het eerst komt")),
    ("dichtst", _("Wat het dichtst is")),
]
#: What the address may hold besides the wishes themselves.
ASIDE = {"plaats", "pagina"}
#: Wishes about one thing: who made one of these herself, meant that one.
SAME = ({"geboren", "leeftijd"}, {"wanneer", "van", "tot"})
#: Wishes that are taken as they stand in the address: ticks, and codes.
FLAGS = ("alle", "straks", "gratis", "korting", "vrij", "plaatsvrij", "rolstoel", "buggy", "opvang", "binnen")
CODES = ("deel", "nederlands", "element", "vraag", "soort", "huis", "volgorde")
UNBORN = -1


class _ForAll(dict):
    """The fields of a form that nobody changes: each form takes these, in place of a copy of its own.

    Copying twenty-six fields took longer than reading what somebody asked.
    """

    def __deepcopy__(self, memo):
        return self


class SearchForm(forms.Form):
    """What somebody looks for: `SearchForm(request.GET)`. `plaats` is read by the page: it needs the finder."""

    q = forms.CharField(label=_("Wat zoek je?"), required=False, max_length=1000)
    straal = forms.IntegerField(
        label=_("Hoe ver"),
        required=False,
        min_value=1,
        max_value=200,
        widget=forms.Select(choices=[("", gettext_lazy("Maakt niet uit")), *DISTANCES]),
    )
    geboren = BirthMonths(label=_("Geboortemaand van je kind"), required=False)
    alle = Flag(_("Voor al je kinderen samen"))
    straks = Flag(_("Ook wat straks past"))
    leeftijd = Stretch(label=_("Hoe oud is je kind?"), required=False)
    wanneer = forms.ChoiceField(label=_("Wanneer"), required=False, choices=[("", _("Altijd")), *PERIODS])
    van = Day(_("Vanaf welke dag"))
    tot = Day(_("Tot welke dag"))
    dag = Several(_("Welke dag"), [(str(n), name) for n, name in enumerate(DAYS)], coerce=int)
    deel = forms.ChoiceField(
        label=_("Welk deel van de dag"),
        required=False,
        choices=[("", _("De hele dag")), *PARTS.items()],
    )
    gratis = Flag(_("Gratis"))
    korting = Flag(_("Minder betalen kan"))
    vrij = Flag(_("Zonder inschrijven"))
    plaatsvrij = Flag(_("Er is nog plaats"))
    nederlands = forms.ChoiceField(
        label=_("Hoeveel Nederlands spreek je?"), required=False, choices=[("", _("Maakt niet uit")), *DUTCH]
    )
    taal = Several(_("Welke taal spreek je?"), LANGUAGES)
    rolstoel = Flag(_("Met een rolstoel"))
    buggy = Flag(_("Met een buggy"))
    opvang = Flag(_("Er is opvang voor je kinderen"))
    binnen = Flag(_("Binnen"))
    element = forms.ChoiceField(label=_("Wat"), required=False, choices=[ANY, *Element.choices])
    vraag = forms.ChoiceField(
        label=_("Ik heb een vraag over"),
        required=False,
        choices=[ANY, *((topic.code, topic.label) for topic in TOPICS)],
    )
    soort = forms.ChoiceField(label=_("Soort"), required=False, choices=[ANY, *OfferType.choices])
    huis = forms.SlugField(label=_("Huis"), required=False, max_length=80)
    volgorde = forms.ChoiceField(label=_("Volgorde"), required=False, choices=[("", _("Gewoon")), *ORDERS])

    def _clean_fields(self) -> None:
        # Of twenty-six fields somebody filled in two: reading them all takes longer than finding.
        self.cleaned_data = _left_open().copy()
        super()._clean_fields()

    def _bound_items(self) -> Iterator[tuple[str, forms.BoundField]]:
        return ((name, self[name]) for name in self.fields if name in self.data)

    def take(self, choices: Iterable[Choice]) -> list[Choice]:
        """Add what was understood from words where she chose nothing herself; which ones were added.

        Only after `is_valid()`. The form still shows her own choices alone: what we understood is shown apart,
        and goes when its words go.
        """
        made = {name for name in self.fields if self.cleaned_data.get(name)}
        busy = made.union(*(group for group in SAME if group & made))
        return [choice for choice in choices if choice.name not in busy and self._take(choice)]

    def leave(self, names: Iterable[str]) -> None:
        """Take back what was understood under these names."""
        for name in names:
            self.cleaned_data[name] = self.fields[name].clean(None)

    def _take(self, choice: Choice) -> bool:
        field = self.fields.get(choice.name)
        if field is None or choice.name == "q":
            return False
        several = isinstance(field.widget, forms.SelectMultiple)
        try:
            value = field.clean([choice.value] if several else choice.value)
        except forms.ValidationError:
            return False
        known = self.cleaned_data.get(choice.name) or ()
        self.cleaned_data[choice.name] = tuple(dict.fromkeys((*known, *value))) if several else value
        return True

    def notes(self, *, now: datetime | None = None) -> list[str]:
        """A sentence for each part of the address that we could not read."""
        unknown = [name for name in self.data if name not in self.fields and name not in ASIDE]
        notes = [
            gettext("We kennen de keuze '%(name)s' niet. We lieten ze weg.") % {"name": _short(name)}
            for name in unknown[:3]
        ]
        for name in self.errors:
            label = gettext(self.fields[name].label)
            notes.append(
                gettext("De keuze bij '%(label)s' kennen we niet. We lieten ze weg.") % {"label": label}
            )
        if self.half_months():
            notes.append(
                gettext("Kies een maand en een jaar, zoals 3/2025. We zochten zonder die geboortemaand.")
            )
        if now and any(not AGE_MIN <= age <= AGE_MAX for age in self._ages(now)):
            notes.append(
                gettext("We kennen aanbod van zwanger tot 25 jaar. We lieten de andere geboortemaanden weg.")
            )
        return notes

    def half_months(self) -> list[str]:
        """What stands in the fields for a birth month and is none yet, as it was typed."""
        field = self.fields["geboren"]
        return [text for text in self["geboren"].value() or () if field.month(text) is None]

    def wanted(self, *, spot: Spot | None, now: datetime, understood: Understood | None = None) -> Wanted:
        """The wishes that we could read; the others are left out. `understood`: what the words mean."""
        known = self.cleaned_data
        children = tuple(age for age in self._ages(now) if AGE_MIN <= age <= AGE_MAX)
        stretch = known.get("leeftijd") or None
        if children and stretch:
            # Expecting another one is a child more; any other stretch says less than the month of birth.
            children, stretch = (*children, UNBORN) if stretch[1] < 0 else children, None
        return Wanted(
            q=known.get("q", "") if understood is None else understood.words,
            offer_types=understood.offer_types if understood else {},
            life_domains=understood.life_domains if understood else {},
            right=understood.known if understood else frozenset(),
            spot=spot,
            straal=known.get("straal"),
            children=children,
            leeftijd=stretch[1:] if stretch else None,
            between=self._between(now),
            vakantie=known.get("wanneer") == "vakantie",
            days=known.get("dag", ()),
            talen=known.get("taal", ()),
            **{name: known.get(name, False) for name in FLAGS},
            **{name: known.get(name, "") for name in CODES},
        )

    def _ages(self, now: datetime) -> list[int]:
        today = words.wall(now).date()
        return [months_between(month, today) for month in self.cleaned_data.get("geboren", ())]

    def _between(self, now: datetime):
        known = self.cleaned_data
        period = between(known.get("wanneer", ""), now=now)
        return common(period, from_until(known.get("van"), known.get("tot"), now=now))

    def clean_q(self) -> str:
        """Who tells her whole story is read as far as we read."""
        text = self.cleaned_data["q"]
        begin = text[:MOST_LETTERS]
        return begin if begin == text else begin.rpartition(" ")[0] or begin

    def clean(self):
        known = self.cleaned_data
        if known.get("van") and known.get("tot") and known["tot"] < known["van"]:
            self.add_error("tot", gettext("De laatste dag ligt voor de eerste."))

    def choices_of(self, name: str) -> list[tuple[str, str]]:
        """The choices of a field, without the open one."""
        if name == "leeftijd":
            return [(band.code, band.label) for band in BANDS.values()]
        field = self.fields[name]
        return [choice for choice in getattr(field, "choices", None) or field.widget.choices if choice[0]]

    def chosen(self) -> list[Choice]:
        """What was chosen, one for each value, in the order of the form; `label` says it in words."""
        names = [name for name in self.fields if name != "volgorde" and self.cleaned_data.get(name)]
        return [Choice(name, text, label, typed="") for name in names for text, label in self._in_words(name)]

    def _in_words(self, name: str) -> list[tuple[str, str]]:
        """The values of a field as they stand in an address, each with its words."""
        value = self.cleaned_data[name]
        match name:
            case "q":
                return [(value, f"'{value}'")]
            case "geboren":
                return [
                    (f"{month:%Y-%m}", gettext("Geboren in %(month)s") % {"month": words.month(month)})
                    for month in value
                ]
            case "leeftijd":
                code, months, _ = value
                return [(code, BANDS[code].label if code in BANDS else words.age(months).capitalize())]
            case "van" | "tot":
                return [
                    (
                        value.isoformat(),
                        (gettext("Van %(day)s") if name == "van" else gettext("Tot %(day)s"))
                        % {"day": _day(value)},
                    )
                ]
            case "straal":
                return [(str(value), gettext("Tot %(km)s km") % {"km": value})]
            case "dag" | "taal":
                labels = {str(code): label for code, label in self.fields[name].choices}
                return [(str(code), labels[str(code)]) for code in value]
        text = "1" if value is True else str(value)
        return [(text, dict(getattr(self.fields[name], "choices", ())).get(text, text))]


SearchForm.base_fields = _ForAll(SearchForm.base_fields)


@cache
def _left_open() -> dict:
    """What each field says where nothing was chosen."""
    nothing = QueryDict()
    return {
        name: field.clean(field.widget.value_from_datadict(nothing, {}, name))
        for name, field in SearchForm.base_fields.items()
    }


def _day(day: date) -> str:
    return words.day_in_full(day)


def _short(text: str) -> str:
    """A word of the address that is fit to repeat: short, and of letters alone."""
    return re.sub(r"[^\w -]", "", text)[:30]
