"""What a coordinator fills in about the House and the municipalities it serves."""

from itertools import groupby

from django import forms

from huizen.forms import DateInput
from huizen.forms.phone import validate_phone
from huizen.models import House, Municipality, WorkingArea
from huizen.vocabulary import OfferType


class WebAddressField(forms.URLField):
    """A web address; without its beginning it is taken to be a safe one."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "assume_scheme": "https"})


class HouseForm(forms.ModelForm):
    """The facts that parents read. Recognition and subsidy are the agency's, not the House's own."""

    phone = forms.CharField(
        label="Telefoon",
        max_length=30,
        required=False,
        validators=[validate_phone],
        help_text=House._meta.get_field("phone").help_text,
    )

    class Meta:
        model = House
        fields = [
            "name",
            "intro",
            "phone",
            "email",
            "website",
            "participation",
            "form",
            "legal_form",
        ]
        field_classes = {"website": WebAddressField}
        widgets = {"intro": forms.Textarea({"rows": 4}), "participation": forms.Textarea({"rows": 4})}
        help_texts = {
            "intro": "Wat kunnen ouders bij jullie vinden? Hou de zinnen kort.",
            "participation": "Hoe beslissen ouders mee? Hoe laten ze iets weten?",
        }


class FreshnessForm(forms.ModelForm):
    """When offer asks to be looked at again, whom we ask, and when it is hidden until somebody does."""

    sooner_types = forms.MultipleChoiceField(
        label="Welke soorten kijken jullie vaker na?",
        required=False,
        choices=OfferType.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = House
        fields = ["check_every_months", "hide_after_months", "sooner_months", "sooner_types", "asks_monthly"]
        labels = {
            "check_every_months": "Na hoeveel maanden waarschuwen we ouders?",
            "hide_after_months": "Na hoeveel maanden verbergen we de activiteit?",
            "sooner_months": "Na hoeveel maanden vragen we het bij soorten die vaak veranderen?",
            "asks_monthly": "Vraag elke maand met een mail of het nog klopt",
        }
        help_texts = {
            "check_every_months": "Jij ziet de activiteit dan ook bij 'Nakijken'.",
            "hide_after_months": "Kijk je ze na, dan staat ze meteen weer online. Zijn er gezinnen ingeschreven, "
            "dan blijft ze staan.",
            "asks_monthly": "Op de eerste werkdag van de maand. Iedereen krijgt één mail met wat bijna nagekeken moet worden.",
        }


class WorkingAreaForm(forms.ModelForm):
    """A municipality that the House serves from a day on."""

    class Meta:
        model = WorkingArea
        fields = ["municipality", "since"]
        widgets = {"since": DateInput()}
        help_texts = {
            "municipality": "Een vroegere gemeente kan ook: de Huizen volgen soms nog de oude grenzen."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.until = None
        self.fields["municipality"].choices = [("", "Kies een gemeente"), *_by_province()]


def _by_province() -> list[tuple[str, list[tuple[str, str]]]]:
    towns = Municipality.objects.select_related("merged_into").order_by("province", "name", "valid_until")
    return [
        (province, [(town.pk, _with_present(town)) for town in group])
        for province, group in groupby(towns, key=lambda town: town.province)
    ]


def _with_present(town: Municipality) -> str:
    return f"{town.name} (tot de fusie, nu {town.merged_into.name})" if town.merged_into else town.name


class WorkingAreaEndForm(forms.ModelForm):
    """The last day on which the House serves a municipality."""

    class Meta:
        model = WorkingArea
        fields = ["until"]
        widgets = {"until": DateInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].required = True
        self.fields["until"].label = "Laatste dag"

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < self.instance.since:
            raise forms.ValidationError("De laatste dag ligt voor de eerste.")
        return until
