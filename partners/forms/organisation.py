"""What a coordinator fills in about a partner: facts, logo, role, contacts; and how she finds one."""

import re
import uuid
from io import BytesIO
from typing import NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import Exists, OuterRef, Q
from PIL import Image

from huizen.forms import DateInput
from huizen.vocabulary import LifeDomain, PolicyDomain
from partners.forms.rows import QuietField
from partners.look_alikes import LookAlike, look_alikes
from partners.models import Contact, Organisation, Partnership
from partners.models.organisation import TOLD_FACTS

#: A logo as it may come in (bytes, pixels), and as it goes out (pixels).
LOGO_BYTES, LOGO_SIDE, LOGO_SHOWN = 2 * 1024 * 1024, 6000, (480, 240)
LOGO_FORMATS = ["PNG", "JPEG", "WEBP", "GIF"]


class PartnerFilter(forms.Form):
    """Which partners to show; the address holds it, so it can be shared."""

    bound_field_class = QuietField

    q = forms.CharField(label="Zoek een partner of een contactpersoon", max_length=80, required=False)
    domein = forms.ChoiceField(
        label="Levensdomein", choices=[("", "Alle domeinen"), *LifeDomain.choices], required=False
    )
    beleid = forms.ChoiceField(
        label="Beleidsdomein", choices=[("", "Alle beleidsdomeinen"), *PolicyDomain.choices], required=False
    )
    rol = forms.ChoiceField(
        label="Rol", choices=[("", "Alle rollen"), *Partnership.Role.choices], required=False
    )
    vroeger = forms.BooleanField(label="Toon ook vroegere partners", required=False)

    def narrow(self, partnerships):
        """The partnerships that fit; what was not understood narrows nothing."""
        self.is_valid()
        facts = self.cleaned_data
        if not facts.get("vroeger"):
            partnerships = partnerships.filter(until=None)
        if role := facts.get("rol"):
            partnerships = partnerships.filter(role=role)
        if domain := facts.get("domein"):
            partnerships = partnerships.filter(organisation__life_domains__contains=[domain])
        if policy := facts.get("beleid"):
            partnerships = partnerships.filter(
                organisation__life_domains__overlap=PolicyDomain(policy).life_domains
            )
        if q := facts.get("q"):
            contact = Contact.objects.filter(
                Q(name__icontains=q) | Q(email__icontains=q), organisation=OuterRef("organisation")
            )
            partnerships = partnerships.filter(Q(organisation__name__icontains=q) | Exists(contact))
        return partnerships


class OrganisationSearch(forms.Form):
    """Does the network know this organisation? By its name or its KBO number."""

    q = forms.CharField(label="Naam of KBO-nummer", max_length=80)

    def found(self, among=None):
        """At most twenty organisations, by name, of all or of those `among`; none while nothing was asked."""
        if not self.is_valid():
            return Organisation.objects.none()
        q = self.cleaned_data["q"]
        fits = Q(name__icontains=q)
        if digits := kbo_digits(q):
            fits |= Q(kbo_number=digits)
        among = Organisation.objects.all() if among is None else among
        return among.filter(fits).order_by("name", "pk")[:20]


class KboField(forms.CharField):
    """The number of the enterprise register, however it is typed: 0123.456.749, BE 0123456749."""

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        digits = kbo_digits(value)
        if not digits:
            raise ValidationError("Dit is geen KBO-nummer. Het heeft tien cijfers, zoals 0123.456.749.")
        return digits


def kbo_digits(text: str) -> str:
    """The ten digits of a right KBO number, or "". The last two check the first eight (97 − rest of 97)."""
    digits = re.sub(r"^BE", "", re.sub(r"[\s.\-]", "", text.upper()))
    if re.fullmatch(r"[01][0-9]{9}", digits) and 97 - int(digits[:8]) % 97 == int(digits[8:]):
        return digits
    return ""


class OrganisationForm(forms.ModelForm):
    """The facts of an organisation; every House of which it is a partner reads the same."""

    life_domains = forms.MultipleChoiceField(
        label="Waarmee helpt deze partner?",
        choices=LifeDomain.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    website = forms.URLField(label="Website", max_length=200, required=False, assume_scheme="https")
    kbo_number = KboField(label="KBO-nummer", max_length=20, required=False)

    class Meta:
        model = Organisation
        fields = [*TOLD_FACTS, "sociale_kaart_id"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "kind": "Bijvoorbeeld: OCMW, school, vzw.",
            "phone": "Zoals je het op een affiche zet: 014 00 00 00",
        }

    def clean_kbo_number(self):
        """Said here already, with who has it: the form need not find out from the database."""
        number = self.cleaned_data["kbo_number"]
        other = Organisation.objects.filter(kbo_number=number).exclude(pk=self.instance.pk).first()
        if number and other:
            raise ValidationError(f"{other.name} heeft dit KBO-nummer al. Zoek die partner op.")
        return number


class NewOrganisationForm(OrganisationForm):
    """An organisation that the network does not know: its facts. Where a known one looks alike, the button `sure` says
    that it is another one. `look_alikes` holds those, once the form is cleaned.
    """

    look_alikes: list[LookAlike] = []

    def clean(self):
        facts = super().clean()
        self.look_alikes = look_alikes(
            name=facts.get("name", ""),
            # A number that somebody else has is a fault by now.
            kbo_number=kbo_digits(self.data.get("kbo_number", "")),
            website=facts.get("website", ""),
        )
        if self.look_alikes and "sure" not in self.data:
            self.add_error(None, "We kennen al een organisatie die hierop lijkt. Kijk eerst hieronder.")
        return facts


class LogoField(forms.FileField):
    """A picture, really: opened, made small and written anew, so that nothing else travels with it.

    Whatever the file is called and says it is, only these four formats are tried. Gives a PNG under a name of our own.
    """

    most_bytes = LOGO_BYTES
    default_error_messages = {
        "required": "Kies een afbeelding.",
        "empty": "Dit bestand is leeg. Kies een ander.",
        "invalid_image": "Dit is geen afbeelding. Kies een PNG, JPG, WebP of GIF.",
        "too_heavy": "Deze afbeelding is te groot. Kies er een van hoogstens 2 MB.",
        "too_large": f"Deze afbeelding is te groot. Kies er een van hoogstens {LOGO_SIDE} pixels.",
    }

    def clean(self, data, initial=None) -> ContentFile | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        if upload.size > self.most_bytes:
            self._refuse("too_heavy")
        try:
            picture = Image.open(upload, formats=LOGO_FORMATS)
            if max(picture.size) > LOGO_SIDE:
                self._refuse("too_large")
            picture = picture.convert("RGBA")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            self._refuse("invalid_image")
        return self.written_anew(picture)

    def written_anew(self, picture: Image.Image) -> ContentFile:
        """The picture as we keep it, and nothing of what else stood in the file."""
        picture.thumbnail(LOGO_SHOWN)
        written = BytesIO()
        picture.save(written, "PNG", optimize=True)
        return ContentFile(written.getvalue(), name=f"{uuid.uuid4().hex}.png")

    def _refuse(self, code: str) -> NoReturn:
        raise ValidationError(self.error_messages[code], code=code)


class LogoForm(forms.Form):
    """A partner's logo."""

    logo = LogoField(
        label="Logo",
        help_text="Een PNG, JPG, WebP of GIF van hoogstens 2 MB.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )


class PartnershipForm(forms.Form):
    """What an organisation is in the House, and since when."""

    role = forms.ChoiceField(label="Rol", choices=Partnership.Role.choices, initial=Partnership.Role.PARTNER)
    since = forms.DateField(label="Partner sinds", widget=DateInput)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["since"].initial = self.fields["since"].initial or today

    def clean_since(self):
        return sane_day(self.cleaned_data["since"], today=self.today)


class EndForm(forms.Form):
    """The last day of a partnership."""

    until = forms.DateField(label="Laatste dag", widget=DateInput)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["until"].initial = today

    def clean_until(self):
        return sane_day(self.cleaned_data["until"], today=self.today)


def sane_day(day, *, today):
    """A day that has come, in the life of the network."""
    if day > today:
        raise ValidationError("Deze dag moet nog komen. Kies vandaag of vroeger.")
    if day.year < 1950:
        raise ValidationError("Kijk het jaar na.")
    return day


class ContactForm(forms.ModelForm):
    """Somebody to call at a partner."""

    class Meta:
        model = Contact
        fields = ["name", "function", "email", "phone", "is_public"]

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class EditorForm(forms.Form):
    """Whom to let in as editor of a partner."""

    email = forms.EmailField(label="E-mailadres", max_length=254)
