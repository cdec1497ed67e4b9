"""What a coordinator adds to a partner for her own House: a signed PDF, a note."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from partners.models import Agreement, PartnerNote

#: The largest document, in bytes, and how each PDF begins and ends (ISO 32000-1, 7.5.2 and 7.5.5).
LARGEST, HEAD, TAIL = 5 * 1024 * 1024, b"%PDF-", b"%%EOF"
#: Readers look for the end in so many bytes.
TAIL_WITHIN = 1024


class PdfField(forms.FileField):
    """A PDF by what is in it, whatever it is called; kept under a name of our own."""

    widget = forms.FileInput(attrs={"accept": "application/pdf"})
    default_error_messages = {
        "required": "Kies een PDF.",
        "empty": "Dit bestand is leeg. Kies een ander.",
        "no_pdf": "Dit is geen PDF. Kies een PDF, of bewaar het document als PDF.",
        "too_heavy": "Dit bestand is te groot. Kies een PDF van hoogstens 5 MB.",
    }

    def __init__(self, *, label="Document", help_text="Een PDF van hoogstens 5 MB.", **kwargs):
        super().__init__(label=label, help_text=help_text, **kwargs)

    def clean(self, data, initial=None) -> ContentFile:
        upload = super().clean(data, initial)
        if upload.size > LARGEST:
            raise ValidationError(self.error_messages["too_heavy"], code="too_heavy")
        content = upload.read()
        if not content.startswith(HEAD) or TAIL not in content[-TAIL_WITHIN:]:
            raise ValidationError(self.error_messages["no_pdf"], code="no_pdf")
        return ContentFile(content, name=f"{uuid.uuid4().hex}.pdf")


class AgreementForm(forms.ModelForm):
    """A signed document of a partnership."""

    file = PdfField()

    class Meta:
        model = Agreement
        fields = ["title", "file"]
        help_texts = {"title": "Bijvoorbeeld: samenwerkingsovereenkomst 2026."}


class NoteForm(forms.ModelForm):
    """What the people of one House write down about a partner."""

    class Meta:
        model = PartnerNote
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "text": "Alleen wie in jullie Huis partners beheert, leest dit. Schrijf niets over gezinnen."
        }
