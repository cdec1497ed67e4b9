"""What staff fill in to teach the search a phrase, and how they look one up."""

import django_filters as filters
from django import forms

from huizen.actions.concept import folded_phrase
from huizen.models import Concept
from huizen.vocabulary import LifeDomain, OfferType

#: The kinds of offer of a phrase, the likeliest first.
PLACES = ("first", "second", "third", "fourth")
NONE = [("", "Geen")]


class ConceptForm(forms.ModelForm):
    """A phrase, its language, and at most four kinds of offer in order."""

    first = forms.ChoiceField(label="Leidt eerst naar", required=False, choices=NONE + OfferType.choices)
    second = forms.ChoiceField(label="Ook naar", required=False, choices=NONE + OfferType.choices)
    third = forms.ChoiceField(label="En naar", required=False, choices=NONE + OfferType.choices)
    fourth = forms.ChoiceField(label="En misschien naar", required=False, choices=NONE + OfferType.choices)
    life_domains = forms.MultipleChoiceField(
        label="Levensdomeinen", required=False, choices=LifeDomain, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Concept
        fields = ["phrase", "language", *PLACES, "life_domains"]
        help_texts = {"phrase": "Eén of meer woorden, zoals ouders ze typen. De volgorde maakt niet uit."}

    field_order = ["phrase", "language", *PLACES, "life_domains"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, kind in zip(PLACES, self.instance.offer_types, strict=False):
            self.initial[name] = kind

    def clean_phrase(self):
        phrase = " ".join(self.cleaned_data["phrase"].split())
        if not folded_phrase(phrase):
            raise forms.ValidationError("Typ minstens één woord.")
        return phrase

    def clean(self):
        """Where it leads, each kind once; a phrase that leads nowhere helps nobody."""
        kinds = dict.fromkeys(kind for name in PLACES if (kind := self.cleaned_data.get(name)))
        self.instance.offer_types = list(kinds)
        self.instance.life_domains = self.cleaned_data.get("life_domains", [])
        if not kinds and not self.instance.life_domains:
            self.add_error("first", "Kies waar het zoekwoord naartoe leidt.")
        self._exists_once()
        return self.cleaned_data

    def _exists_once(self):
        known = Concept.objects.filter(
            folded=folded_phrase(self.cleaned_data.get("phrase", "")),
            language=self.cleaned_data.get("language"),
        )
        if known.exclude(pk=self.instance.pk).exists():
            self.add_error("phrase", "Dit zoekwoord bestaat al in deze taal.")


class ConceptFilter(filters.FilterSet):
    """By words, by language, by kind of offer, on or off."""

    q = filters.CharFilter(label="Zoek", method="with_words", max_length=80)
    taal = filters.ChoiceFilter(
        label="Taal", field_name="language", choices=Concept.Language, empty_label="Alle"
    )
    soort = filters.ChoiceFilter(label="Leidt naar", method="to_kind", choices=OfferType, empty_label="Alle")
    toestand = filters.ChoiceFilter(
        label="Toestand",
        method="by_state",
        choices=[("aan", "In gebruik"), ("uit", "Uitgezet"), ("eigen", "Door ons gewijzigd")],
        empty_label="Alle",
    )

    class Meta:
        model = Concept
        fields = ("q", "taal", "soort", "toestand")
        form = forms.Form

    def with_words(self, queryset, name, value):
        return queryset.filter(folded__contains=folded_phrase(value))

    def to_kind(self, queryset, name, value):
        return queryset.filter(offer_types__contains=[value])

    def by_state(self, queryset, name, value):
        if value == "eigen":
            return queryset.exclude(changed_at=None)
        return queryset.filter(is_active=value == "aan")
