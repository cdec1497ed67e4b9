"""What a project writes for everybody: its story, and what stays of it."""

from django import forms

from huizen.forms import DateInput
from projects.forms.picture import PageImageField
from projects.models import Consent, Mainstreaming, Story


class StoryForm(forms.ModelForm):
    """A story in plain paragraphs, with a picture and a film where there is one."""

    film_url = forms.URLField(
        label="Adres van een film",
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text="We tonen een link, geen venster van iemand anders op onze pagina.",
    )
    image = PageImageField(
        label="Beeld",
        required=False,
        help_text="Een JPG, PNG, WebP of GIF van hoogstens 10 MB. We maken het licht, voor wie weinig signaal heeft.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    without_image = forms.BooleanField(label="Haal het beeld weg dat er nu staat", required=False)

    class Meta:
        model = Story
        fields = ["title", "body", "learned", "film_url", "image", "alt_text", "consent"]
        widgets = {"body": forms.Textarea(attrs={"rows": 10}), "learned": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "body": "Laat een lege lijn tussen twee stukken. Schrijf voor een ouder, in korte zinnen.",
            "learned": "Wat zou je een ander Huis aanraden?",
            "alt_text": "Voor wie het beeld niet ziet: “Ouders en kinderen bouwen een toren.”",
            "consent": "Nodig bij een beeld, en als iemand in het verhaal te herkennen is.",
        }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        story = self.instance
        consents = Consent.objects.standing(today).filter(
            project=story.project_id, purpose=Consent.Purpose.PUBLIC
        )
        self.fields["consent"].queryset = consents.order_by("reference")
        self.fields["consent"].empty_label = "Niet nodig"
        if not story.image:
            del self.fields["without_image"]
        self.has_image = bool(story.image)

    def clean_film_url(self):
        url = self.cleaned_data["film_url"]
        if url and not url.startswith("https://"):
            raise forms.ValidationError("Geef een adres dat met https:// begint.")
        return url

    def clean(self):
        facts = super().clean()
        if facts.get("image") or (self.has_image and not facts.get("without_image")):
            if not facts.get("alt_text"):
                self.add_error("alt_text", "Zeg wat er op het beeld staat.")
            if not facts.get("consent"):
                self.add_error("consent", "Kies de toestemming van wie op het beeld staat.")
        return facts

    def _post_clean(self):
        """The story itself is written by its action, on a row that is locked."""

    @property
    def facts(self) -> dict:
        """What was written, without the image."""
        left_out = ("image", "without_image")
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}

    @property
    def pictures(self) -> dict:
        """What happens with the image."""
        return {
            "image": self.cleaned_data.get("image") or None,
            "without_image": bool(self.cleaned_data.get("without_image")),
        }


class RemarkForm(forms.Form):
    """What the agency wants otherwise in a story."""

    remark = forms.CharField(
        label="Wat moet er anders?",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MainstreamingForm(forms.ModelForm):
    """One part of a project, and what stays of it."""

    class Meta:
        model = Mainstreaming
        fields = ["part", "state", "since", "sentence"]
        widgets = {"since": DateInput}
        help_texts = {
            "part": "Bijvoorbeeld: het oudercafé.",
            "sentence": "Zonder namen van personen: “Het OCMW betaalt de begeleider verder.”",
        }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_since(self):
        day = self.cleaned_data["since"]
        if not 2000 <= day.year <= self.today.year + 5:
            raise forms.ValidationError("Kijk het jaar na.")
        return day

    def _get_validation_exclusions(self):
        # One part stands once in a project; the project is ours to fill in.
        return super()._get_validation_exclusions() - {"project"}
