"""What professionals write to each other, and how they find it again."""

from django import forms
from django.db.models import Q

from huizen.models import House
from partners.forms.rows import QuietField
from projects.models import DirectoryEntry, ExchangeAnswer, ExchangeQuestion, PracticeExample, Project

NO_NAMES = "Zonder namen van gezinnen."


class WordsFilter(forms.Form):
    """Rows in which all words stand; the address holds them."""

    bound_field_class = QuietField

    q = forms.CharField(label="Zoek", max_length=80, required=False)

    def narrow(self, rows, *fields: str):
        """The rows that fit; what was not understood narrows nothing."""
        self.is_valid()
        for word in self.cleaned_data.get("q", "").split()[:10]:
            rows = rows.filter(Q(*((f"{field}__icontains", word) for field in fields), _connector=Q.OR))
        return rows


class ExampleForm(forms.ModelForm):
    """Something that worked, for whom, and where one reads more."""

    url = forms.URLField(label="Meer lezen op", max_length=300, required=False, assume_scheme="https")

    class Meta:
        model = PracticeExample
        fields = ["title", "worked", "for_whom", "project", "url"]
        widgets = {"worked": forms.Textarea(attrs={"rows": 7})}
        help_texts = {
            "worked": f"Wat deden jullie, wat veranderde er, en wat zou je anders doen? {NO_NAMES}",
            "for_whom": "Bijvoorbeeld: ouders met een baby die nog weinig Nederlands spreken.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = Project.objects.filter(house=self.instance.house_id).order_by(
            "name"
        )
        self.fields["project"].empty_label = "Geen project"

    def _post_clean(self):
        """The example itself is written by its action, on a row that is locked."""


class QuestionForm(forms.ModelForm):
    """What somebody asks the other Houses."""

    class Meta:
        model = ExchangeQuestion
        fields = ["title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"text": NO_NAMES}


class AnswerForm(forms.ModelForm):
    """What somebody answers."""

    class Meta:
        model = ExchangeAnswer
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"text": NO_NAMES}

    def __init__(self, *args, houses: list[House], **kwargs):
        """In whose name: asked of who works in several Houses; the agency has none."""
        super().__init__(*args, **kwargs)
        self.houses = houses
        if len(houses) > 1:
            rows = House.objects.filter(pk__in=[house.pk for house in houses]).order_by("name")
            self.fields["house"] = forms.ModelChoiceField(rows, label="Namens welk Huis", empty_label=None)

    @property
    def house(self) -> House | None:
        return self.cleaned_data.get("house") or next(iter(self.houses), None)


class DirectoryForm(forms.ModelForm):
    """For what colleagues may turn to her."""

    class Meta:
        model = DirectoryEntry
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"text": "Bijvoorbeeld: vaders bereiken, werken met vrijwilligers."}

    def _post_clean(self):
        """Her line is written by its action."""
