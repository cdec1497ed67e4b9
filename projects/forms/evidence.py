"""What somebody adds to a report: a file that nothing can run from, or a photo of which somebody agreed."""

import zipfile

from django import forms
from django.core.exceptions import ValidationError

from huizen.forms import DateInput
from partners.forms.resource import BEGINS, ZIP, SharedFileField
from projects.forms.picture import PhotoField
from projects.models import Consent, Evidence

#: Documents; a picture is a photo, and asks a consent.
DOCUMENTS = [ending for ending in BEGINS if ending not in ("png", "jpg", "jpeg", "webp")]
#: What stands in every document of an office program, and what stands only in one that runs something.
CONTENTS, RUNS = (
    ("[Content_Types].xml", "mimetype"),
    ("vbaproject.bin", ".exe", ".js", ".vbs", ".bat", ".jar"),
)


class DocumentField(SharedFileField):
    """A PDF or a document of an office program, without macros, at most 10 MB."""

    default_error_messages = {
        "required": "Kies een bestand.",
        "kind": "Kies een PDF of een document van Word, Excel, PowerPoint of LibreOffice.",
        "picture": "Een foto voeg je toe bij Foto's: daar hoort een toestemming bij.",
        "runs": "In dit bestand zit een programma (een macro). Bewaar het zonder, en kies het opnieuw.",
    }

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload.name.rpartition(".")[2].lower() not in DOCUMENTS:
            self._refuse("picture")
        if upload.read(4).startswith(ZIP):
            self._look_inside(upload)
        upload.seek(0)
        return upload

    def _look_inside(self, upload) -> None:
        """By the list of what it holds; nothing is unpacked."""
        try:
            names = zipfile.ZipFile(upload).namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            self._refuse("kind")
        if not any(name in CONTENTS for name in names):
            self._refuse("kind")
        if any(name.lower().endswith(RUNS) for name in names):
            self._refuse("runs")


class FileForm(forms.ModelForm):
    """A document of a report."""

    file = DocumentField(
        label="Bestand",
        help_text="PDF, Word, Excel, PowerPoint of LibreOffice. Hoogstens 10 MB. Zonder namen van gezinnen.",
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in DOCUMENTS)}),
    )

    class Meta:
        model = Evidence
        fields = ["title", "file"]
        labels = {"title": "Wat toont dit bestand?"}


class PhotoForm(forms.ModelForm):
    """A photo of a report, with what there is to see and the consent of who is on it."""

    file = PhotoField(
        label="Foto",
        help_text="Een JPG, PNG, WebP of GIF van hoogstens 10 MB. De plaats en het uur halen we eruit.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )

    class Meta:
        model = Evidence
        fields = ["title", "file", "alt_text", "consent"]
        labels = {"title": "Wat toont deze foto?"}
        help_texts = {
            "title": "Zonder namen van kinderen.",
            "alt_text": "Voor wie de foto niet ziet: “Ouders en kinderen bouwen een toren.”",
            "consent": "Ook van een foto waarop niemand te herkennen is: zeg wie dat nakeek.",
        }

    def __init__(self, *args, project, today, **kwargs):
        super().__init__(*args, **kwargs)
        consents = project.consents.standing(today).order_by("reference")
        for name in ("alt_text", "consent"):
            self.fields[name].required = True
        self.fields["consent"].queryset = consents
        self.fields["consent"].empty_label = "Kies een toestemming"


class ConsentForm(forms.ModelForm):
    """Who agreed to be shown, for what, from when until when."""

    class Meta:
        model = Consent
        fields = ["reference", "given_by", "purpose", "given_on", "until"]
        widgets = {"given_on": DateInput, "until": DateInput}
        help_texts = {
            "reference": "Waar het ondertekende papier ligt, zoals: map 3, blad 12.",
            "given_by": "De naam van een volwassene. Schrijf nooit de naam van een kind.",
            "until": "Daarna verdwijnen de foto's vanzelf.",
        }

    def __init__(self, *args, project, today, **kwargs):
        super().__init__(*args, instance=Consent(project=project), **kwargs)
        self.today = today
        self.fields["given_by"].required = True
        self.initial["given_on"] = today

    def clean_given_on(self):
        day = self.cleaned_data["given_on"]
        if not day.year >= 2000 or day > self.today:
            raise ValidationError("Kies vandaag of een dag ervoor.")
        return day

    def clean_until(self):
        day = self.cleaned_data["until"]
        if not self.today <= day or day.year > self.today.year + 10:
            raise ValidationError("Kies een dag vanaf vandaag, hoogstens tien jaar ver.")
        return day

    def _get_validation_exclusions(self):
        # The project is ours to fill in, and one reference stands for one paper in it.
        return super()._get_validation_exclusions() - {"project"}
