"""The gallery: every component in every state, with the markup that makes it, for who builds or checks a page."""

from datetime import timedelta
from typing import NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen import palette
from huizen.access import public
from huizen.forms import DateInput, MonthField, TimeInput
from huizen.templatetags.ui import ICONS
from huizen.vocabulary import AGE_BANDS, Element

EXAMPLES = (
    ("Letters", "huizen/style/type.html"),
    ("Knoppen", "huizen/style/buttons.html"),
    ("Labels", "huizen/style/badges.html"),
    ("Meldingen", "huizen/style/notices.html"),
    ("Weetjes op een rij", "huizen/style/facts.html"),
    ("De vraag van Home", "huizen/style/home_ask.html"),
    ("Drie deuren", "huizen/style/doors.html"),
    ("Kaart van een activiteit", "huizen/style/offer_cards.html"),
    ("Kop van een activiteit", "huizen/style/offer_head.html"),
    ("Momenten", "huizen/style/moments.html"),
    ("Kaart van een Huis", "huizen/style/house_card.html"),
    ("Resultaten met filters", "huizen/style/results.html"),
    ("Formulier", "huizen/style/form.html"),
    ("Formulier met fouten", "huizen/style/form_wrong.html"),
    ("Wat te doen staat", "huizen/style/tiles.html"),
    ("Tabel", "huizen/style/table.html"),
    ("Lijst met filters", "huizen/style/listing.html"),
    ("Meer voor wie het vraagt", "huizen/style/disclosures.html"),
    ("Niets gevonden", "huizen/style/empty_state.html"),
    ("Bladeren", "huizen/style/pagination.html"),
    ("Woorden", "huizen/style/words.html"),
)


class Example(NamedTuple):
    """A component as it looks, and how it is written."""

    title: str
    anchor: str
    html: str
    source: str


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Je naam", max_length=80)
    email = forms.EmailField(label="Je e-mailadres", help_text="We sturen je één mail om te bevestigen.")
    birth_month = MonthField(label="Geboortemaand van je kind", required=False)
    day = forms.DateField(label="Welke dag?", widget=DateInput)
    hour = forms.TimeField(label="Hoe laat?", widget=TimeInput, required=False)
    element = forms.ChoiceField(label="Wat zoek je?", choices=Element, widget=forms.RadioSelect)
    ages = forms.MultipleChoiceField(
        label="Hoe oud is je kind?",
        choices=[(band.code, band.label) for band in AGE_BANDS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Je mag er meer dan één kiezen.",
    )
    house = forms.ChoiceField(
        label="Welk Huis?", choices=[("", "Kies een Huis"), ("demo", "Huis van het Kind Demostad")]
    )
    note = forms.CharField(label="Wil je nog iets zeggen?", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="Je mag me bellen als er iets verandert.", required=False)


class ExampleFilter(forms.Form):
    """What narrows a list of staff."""

    q = forms.CharField(label="Zoek", required=False)
    rol = forms.ChoiceField(label="Rol", choices=[("", "Alle rollen")], required=False)


@require_safe
@public
def style(request):
    """What the portal is made of."""
    context = _context()
    examples = [_example(title, path, context, request) for title, path in EXAMPLES]
    return render(request, "huizen/pages/style.html", {"examples": examples})


@require_safe
@public
def style_colours(request):
    """Every colour with its contrasts, and every pictogram."""
    return render(
        request,
        "huizen/pages/style_colours.html",
        {
            "colours": palette.colours(),
            "pairs": [(pair, _contrasts(pair)) for pair in palette.PAIRS],
            "icons": sorted(file.stem for file in ICONS.glob("*.svg")),
        },
    )


def _context() -> dict:
    start = timezone.localtime().replace(hour=9, minute=0) + timedelta(days=1)
    wrong = ExampleForm({"name": "", "email": "sara@", "day": "31-02", "note": "Wat je typte, blijft staan."})
    return {
        "start": start,
        "end": start + timedelta(hours=3),
        "later": start + timedelta(days=12),
        "form": ExampleForm(auto_id="goed_%s"),
        "wrong_form": wrong,
        "page": Paginator(range(200), 10).page(6),
        "filter_form": ExampleFilter(auto_id="filter_%s"),
        "partners": Paginator([(f"Partner {n} (voorbeeld)", n) for n in range(1, 4)], 3).page(1),
    }


def _example(title, path, context, request) -> Example:
    template = get_template(path)
    anchor = path.rpartition("/")[2].removesuffix(".html")
    return Example(title, anchor, render_to_string(path, context, request), template.template.source.strip())


def _contrasts(pair) -> tuple[float, float]:
    roles = palette.colours()
    front, back = roles[pair.front], roles[pair.back]
    return palette.contrast(front.light, back.light), palette.contrast(front.dark, back.dark)
