"""What a professional chooses for a sheet: offers, a language and a greeting. Nothing can be typed about a family."""

from django import forms
from django.http import QueryDict

from activities.actions.referral import MOST
from activities.models import Activity, ReferralSheet
from huizen.languages import CHOICES, DUTCH
from huizen.models import House, User
from huizen.roles import Permission
from huizen.vocabulary import AGE_BANDS

#: What the address of the search hands on to the search of families.
WISHES = ("q", "plaats", "leeftijd", "pagina")


class Chosen(forms.MultipleHiddenInput):
    """The offers that were chosen so far, in the address and in both forms."""

    def value_from_datadict(self, data, files, name):
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []


class ReferralFilter(forms.Form):
    """Which offers to choose from, in the words of the search of families."""

    kies = forms.Field(required=False, widget=Chosen)
    q = forms.CharField(label="Wat zoek je?", required=False, max_length=200)
    plaats = forms.CharField(
        label="Waar woont het gezin?",
        required=False,
        max_length=80,
        help_text="Een postcode of een gemeente.",
    )
    leeftijd = forms.ChoiceField(
        label="Hoe oud is het kind?",
        required=False,
        choices=[("", "Alle leeftijden"), *((band.code, band.label) for band in AGE_BANDS)],
    )

    def wishes(self) -> QueryDict:
        """What was asked, for `activities.question.ask`, which says itself what it cannot read."""
        asked = QueryDict(mutable=True)
        for name in WISHES:
            if value := self.data.get(name):
                asked[name] = value
        return asked


class ReferralForm(forms.Form):
    """How the sheet speaks; of which House it is, for who works in several."""

    house = forms.ModelChoiceField(House.objects.none(), label="Huis", empty_label=None)
    language = forms.ChoiceField(
        label="In welke taal leest het gezin?",
        choices=[(DUTCH, "Nederlands"), *CHOICES],
        help_text="Wat nog niet vertaald is, staat er in het Nederlands.",
    )
    greeting = forms.ChoiceField(
        label="Hoe begint het bericht?", choices=ReferralSheet.Greeting, widget=forms.RadioSelect
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        houses = House.objects.where(user, Permission.HAND_OVER).order_by("name", "pk")
        self.fields["house"].queryset = houses
        if not user.has_several_houses:
            self.fields["house"].widget = forms.HiddenInput()
            self.initial["house"] = houses.first()
        self.initial |= {"language": DUTCH, "greeting": ReferralSheet.Greeting.WARM}


def chosen_offers(values: list[str]) -> list[Activity]:
    """The offers whose numbers stand in an address, in that order; what families cannot see is left out.

    One more than a sheet holds is kept, so that making it says that there are too many.
    """
    numbers = [int(text) for text in values if text.isascii() and text.isdigit() and len(text) < 10]
    keys = list(dict.fromkeys(numbers))[: MOST + 1]
    rows = Activity.objects.published().select_related("house").in_bulk(keys)
    return [rows[key] for key in keys if key in rows]
