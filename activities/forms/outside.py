"""A calendar of somebody else: where it is, or the file itself, and in whose name."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from activities.actions.offer_import_plan import organisers_for
from activities.models import OutsideCalendar
from huizen.calendar_reading import LARGEST, CalendarError, read_calendar
from huizen.models import House, User
from huizen.roles import Permission
from huizen.vocabulary import OfferType


class CalendarUrlField(forms.URLField):
    """The address of a calendar; programs write webcal:// for what is fetched as any page."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs):
        super().__init__(assume_scheme="https", max_length=500, **kwargs)

    def to_python(self, value):
        for scheme in ("webcal://", "webcals://"):
            if str(value or "").strip().lower().startswith(scheme):
                value = "https://" + str(value).strip()[len(scheme) :]
        return super().to_python(value)


class OutsideCalendarForm(forms.ModelForm):
    """A calendar of a House. `content` holds the file, once it is valid; None where there is an address."""

    url = CalendarUrlField(
        label="Adres van de agenda",
        required=False,
        help_text="Een adres dat op .ics eindigt, of met webcal:// begint. We lezen het elke nacht.",
    )
    file = forms.FileField(
        label="Of een bestand",
        required=False,
        help_text="Een .ics-bestand van hoogstens 2 MB. We lezen het één keer.",
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        error_messages={"empty": "Dit bestand is leeg."},
    )

    class Meta:
        model = OutsideCalendar
        fields = ["name", "organiser", "url", "file", "offer_type"]
        labels = {
            "name": "Hoe noem je deze agenda?",
            "offer_type": "Welke soort activiteiten zijn het meestal?",
        }

    def __init__(self, *args, house: House, user: User, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.house = house
        self.today, self.content = today, None
        organiser = self.fields["organiser"]
        organiser.queryset = organisers_for(house, user, today=today).order_by("name")
        organiser.required = house not in user.houses_where(Permission.PUBLISH_OFFER)
        organiser.empty_label = None if organiser.required else "Het Huis zelf"
        self.fields["offer_type"].choices = OfferType.choices

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload:
            # One more than may be: a huge file is never read whole.
            self.content = upload.read(LARGEST + 1)
            try:
                read_calendar(self.content, first=self.today, last=self.today)
            except CalendarError as error:
                raise ValidationError(str(error)) from error
        return upload

    def clean(self):
        facts = super().clean()
        given = [name for name in ("url", "file") if facts.get(name)]
        if not given and not self.errors:
            self.add_error("url", "Geef het adres van de agenda, of kies een bestand.")
        if len(given) > 1:
            self.add_error("file", "Geef een adres of een bestand, niet allebei.")
        elif facts.get("url") and self._is_there(facts["url"]):
            self.add_error("url", "Deze agenda staat al bij dit Huis.")
        return facts

    def _is_there(self, url: str) -> bool:
        return OutsideCalendar.objects.filter(house=self.instance.house, url=url).exists()
