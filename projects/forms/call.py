"""What the agency fills in about a programme and a call: rules as data, criteria with weights, guidance for each step."""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.utils.text import slugify

from huizen.forms import DateInput, DateTimeInput
from huizen.models import Municipality
from huizen.models.house import PHONE_HELP
from huizen.vocabulary import PolicyGoal
from projects.actions.call import WHOLE, Weighed
from projects.application.facts import folded, names_in
from projects.application.parts import Step
from projects.application.standing import known_places
from projects.forms.seen import SeenForm
from projects.models import Call, Criterion, Programme

YEARS = range(2000, 2101)
#: So many criteria at most.
MOST = 12
GUIDE_LENGTH = 1000


def in_our_time(value: date | datetime | None):
    """The day or moment. Raises ValidationError for a year that nobody means."""
    if value and value.year not in YEARS:
        raise ValidationError("Kies een jaar van 2000 tot 2100.")
    return value


class DatedForm(SeenForm):
    """A form whose days and moments are of our time, each with its sentence at the field."""

    def clean(self):
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField | forms.DateTimeField):
                try:
                    in_our_time(self.cleaned_data.get(name))
                except ValidationError as error:
                    self.add_error(name, error)
        return super().clean()


class ProgrammeForm(DatedForm):
    """A programme. Its address on the portal comes of its first name."""

    class Meta:
        model = Programme
        fields = ["name", "description", "legal_basis", "starts_on", "ends_on", "budget"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "starts_on": DateInput,
            "ends_on": DateInput,
        }
        help_texts = {
            "legal_basis": "Bijvoorbeeld: decreet van 29 november 2013. Laat leeg wat je niet weet."
        }

    def clean_name(self):
        name = self.cleaned_data["name"]
        slug = self.instance.slug or slugify(name)[:80]
        if not slug or Programme.objects.filter(slug=slug).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Er is al een programma met deze naam. Kies een andere.")
        self.slug = slug
        return name

    @property
    def facts(self) -> dict:
        """Its own fields, with its address."""
        return self.cleaned_data | {"slug": self.slug}


class CallForm(DatedForm):
    """A call with its rules. Municipalities are written by name; none and no province means everybody."""

    needed_goals = forms.MultipleChoiceField(
        label="Doelstellingen die er altijd bij zijn",
        choices=PolicyGoal.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    provinces = forms.MultipleChoiceField(
        label="Provincies die meedoen",
        choices=Municipality.Province.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Niets aangeduid en geen gemeente: heel Vlaanderen en Brussel.",
    )
    places = forms.CharField(
        label="Gemeenten die meedoen",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Elke gemeente op een regel, naast de provincies.",
    )

    class Meta:
        model = Call
        fields = [
            "year", "title", "intro", "contact_name", "contact_phone", "contact_email", "opens_at", "closes_at", "years", "starts_on", "earliest_on", "latest_on",
            "max_per_year", "needed_goals", "fewest_goals", "provinces", "released_by", "released_percent",
        ]  # fmt: skip
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 5}),
            "opens_at": DateTimeInput,
            "closes_at": DateTimeInput,
            "starts_on": DateInput,
            "earliest_on": DateInput,
            "latest_on": DateInput,
        }
        help_texts = {
            "contact_name": "Iedereen leest dit bij de oproep, zodra ze bekendgemaakt is.",
            "contact_phone": PHONE_HELP,
            "released_by": "Zodra dit verslag aanvaard is, komt dit deel vrij.",
        }

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        # Only history is without a moment.
        self.fields["opens_at"].required = self.fields["closes_at"].required = True
        if self.instance.pk:
            names = self.instance.municipalities.order_by("name").values_list("name", flat=True)
            self.fields["places"].initial = "\n".join(names)

    def clean_year(self):
        if self.cleaned_data["year"] not in YEARS:
            raise ValidationError("Kies een jaar van 2000 tot 2100.")
        return self.cleaned_data["year"]

    def clean_places(self) -> list[Municipality]:
        known = known_places(self.today) if self.cleaned_data["places"] else {}
        names = names_in(self.cleaned_data["places"])
        if unknown := [name for name in names if folded(name) not in known]:
            raise ValidationError(f"Deze gemeente kennen we niet: {', '.join(unknown)}.")
        return list({known[folded(name)].pk: known[folded(name)] for name in names}.values())

    @property
    def facts(self) -> dict:
        """Its own fields; `municipalities` stand apart."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    @property
    def municipalities(self) -> list[Municipality]:
        return self.cleaned_data["places"]


class CriterionForm(forms.ModelForm):
    """One criterion with its weight."""

    class Meta:
        model = Criterion
        fields = ["name", "guide", "weight"]
        widgets = {"guide": forms.Textarea(attrs={"rows": 2})}


class BaseCriteria(BaseFormSet):
    """All criteria together: their weights are 100."""

    @property
    def weighed(self) -> list[Weighed]:
        """What was filled in and not taken away, in order."""
        kept = (
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        )
        return [Weighed(each["name"], each["guide"], each["weight"]) for each in kept]

    def clean(self):
        if any(self.errors):
            return
        total = sum(each.weight for each in self.weighed)
        if total != WHOLE:
            raise ValidationError(f"De gewichten zijn samen {total}. Maak er samen 100 van.")


CriteriaForms = forms.formset_factory(
    CriterionForm,
    formset=BaseCriteria,
    extra=2,
    can_delete=True,
    can_delete_extra=False,
    max_num=MOST,
    validate_max=True,
    absolute_max=2 * MOST,
)


class GuidesForm(forms.Form):
    """What helps at each step of the application."""

    def __init__(self, *args, call: Call, **kwargs):
        super().__init__(*args, initial=call.guides, **kwargs)
        for step in Step:
            self.fields[step.value] = forms.CharField(
                label=step.label,
                max_length=GUIDE_LENGTH,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def guides(self) -> dict[str, str]:
        """What was filled in, by step."""
        return {key: text for key, text in self.cleaned_data.items() if text}
