"""What somebody fills in to share something; which files we take; how it is found again."""

from typing import NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from huizen.forms import DateInput
from huizen.vocabulary import LifeDomain
from partners.forms.rows import QuietField
from partners.models import News, Resource

MOST_BYTES = 10 * 1024 * 1024
PDF, ZIP = (b"%PDF-",), (b"PK\x03\x04",)
#: What we take, by the end of its name, and how such a file begins. Nothing that a browser would run.
BEGINS = {
    "pdf": PDF,
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), ZIP),
    "png": (b"\x89PNG\r\n\x1a\n",),
    **dict.fromkeys(("jpg", "jpeg"), (b"\xff\xd8\xff",)),
    "webp": (b"RIFF",),
}
ACCEPTED = ",".join(f".{ending}" for ending in BEGINS)


class ResourceFilter(forms.Form):
    """Which resources to show; the address holds it."""

    bound_field_class = QuietField

    q = forms.CharField(label="Zoek", max_length=80, required=False)
    thema = forms.ChoiceField(
        label="Thema", choices=[("", "Alle thema's"), *LifeDomain.choices], required=False
    )
    soort = forms.ChoiceField(label="Wat", choices=[("", "Alles"), *Resource.Kind.choices], required=False)

    def narrow(self, resources):
        """The resources that fit; what was not understood narrows nothing."""
        self.is_valid()
        facts = self.cleaned_data
        if theme := facts.get("thema"):
            resources = resources.filter(life_domains__contains=[theme])
        if kind := facts.get("soort"):
            resources = resources.filter(kind=kind)
        for word in facts.get("q", "").split()[:10]:
            said = Q(title__icontains=word) | Q(text__icontains=word)
            resources = resources.filter(said | Q(organisation__name__icontains=word))
        return resources


class SharedFileField(forms.FileField):
    """A PDF, an office document or a picture: by the end of its name and by how it begins, at most 10 MB."""

    default_error_messages = {
        "empty": "Dit bestand is leeg. Kies een ander.",
        "invalid": "Dit bestand kwam niet goed aan. Kies het opnieuw.",
        "kind": "Kies een PDF, een document van Word, Excel, PowerPoint of LibreOffice, of een afbeelding.",
        "heavy": "Dit bestand is te groot. Kies er een van hoogstens 10 MB.",
    }

    def clean(self, data, initial=None) -> UploadedFile | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        if upload.size > MOST_BYTES:
            self._refuse("heavy")
        if not upload.read(8).startswith(BEGINS.get(upload.name.rpartition(".")[2].lower(), ())):
            self._refuse("kind")
        upload.seek(0)
        return upload

    def _refuse(self, code: str) -> NoReturn:
        raise ValidationError(self.error_messages[code], code=code)


class VersionForm(forms.Form):
    """A file or an address: one of the two."""

    file = SharedFileField(
        label="Bestand",
        required=False,
        help_text="PDF, Word, Excel, PowerPoint, LibreOffice of een afbeelding. Hoogstens 10 MB. Zonder gegevens van gezinnen.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    url = forms.URLField(label="Of een adres op het web", max_length=500, required=False)

    def clean(self):
        facts = super().clean()
        if not self.errors and bool(facts.get("file")) == bool(facts.get("url")):
            self.add_error("file", "Kies een bestand of geef een adres, niet allebei.")
        return facts


class NewVersionForm(VersionForm):
    """A newer version, and what is new in it."""

    note = forms.CharField(label="Wat is er nieuw?", max_length=200, required=False)


class ResourceForm(VersionForm):
    """Something to share, with its first version."""

    title = forms.CharField(label="Titel", max_length=120)
    kind = forms.ChoiceField(label="Wat is het?", choices=Resource.Kind, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Waarvoor dient het?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    life_domains = forms.MultipleChoiceField(
        label="Thema's", choices=LifeDomain.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    reach = forms.ChoiceField(
        label="Wie ziet het?",
        choices=Resource.Reach,
        initial=Resource.Reach.HOUSE,
        widget=forms.RadioSelect,
    )
    field_order = ["title", "kind", "file", "url", "text", "life_domains", "reach"]

    def __init__(self, *args, leads: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not leads:
            self.fields["reach"].choices = [(Resource.Reach.HOUSE, Resource.Reach.HOUSE.label)]

    @property
    def facts(self) -> dict:
        """What it is, apart from its first version."""
        return {name: self.cleaned_data[name] for name in ("title", "kind", "text", "life_domains", "reach")}


class NewsForm(forms.ModelForm):
    """A short message for the partners."""

    class Meta:
        model = News
        fields = ["title", "text", "since", "until"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4}), "since": DateInput, "until": DateInput}
