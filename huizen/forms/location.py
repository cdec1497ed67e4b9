"""What a coordinator fills in about a place: where it is, how to get in, when it is open."""

from django import forms

from huizen.finder.names import plain
from huizen.forms import DateInput, TimeInput
from huizen.forms.phone import validate_phone
from huizen.models import Locality, Location, OpeningException, OpeningHours
from huizen.models.location import WEEKDAYS

#: The corners of Belgium, in degrees: what lies outside is a typing error.
LAT, LON = (49.4, 51.6), (2.5, 6.5)
NTH_CHOICES = [
    ("", "elke week"),
    (1, "de eerste van de maand"),
    (2, "de tweede van de maand"),
    (3, "de derde van de maand"),
    (4, "de vierde van de maand"),
    (5, "de vijfde van de maand"),
    (-1, "de laatste van de maand"),
]


class LocationForm(forms.ModelForm):
    """A place of the House. The municipality follows from the postcode; nobody has to pick it from a list."""

    phone = forms.CharField(
        label="Telefoon",
        max_length=30,
        required=False,
        validators=[validate_phone],
        help_text="Alleen als het een ander nummer is dan dat van het Huis.",
    )
    lat = forms.FloatField(
        label="Breedtegraad",
        min_value=LAT[0],
        max_value=LAT[1],
        required=False,
        help_text="Laat leeg als je dit niet weet: dan nemen we het midden van de plaats.",
    )
    lon = forms.FloatField(label="Lengtegraad", min_value=LON[0], max_value=LON[1], required=False)

    class Meta:
        model = Location
        fields = [
            "name",
            "kind",
            "street",
            "postcode",
            "town",
            "phone",
            "directions",
            "wheelchair",
            "buggy",
            "toilet",
            "changing_table",
            "by_appointment",
            "lat",
            "lon",
        ]
        help_texts = {
            "directions": "Bus of tram, welke deur, waar je parkeert.",
            "town": "Mag leeg: we halen de plaats uit de postcode.",
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Location.Kind.ONLINE and not cleaned.get("postcode"):
            self.instance.municipality = None
        elif "postcode" in cleaned:
            self._settle_where(cleaned)
        return cleaned

    def _settle_where(self, cleaned: dict) -> None:
        """The municipality, and where nothing better is known the town's name and the middle of it."""
        rows = list(
            Locality.objects.filter(postcode=cleaned["postcode"])
            .select_related("municipality")
            .order_by("-is_primary", "pk")
        )
        if not rows:
            return self.add_error("postcode", "Deze postcode kennen we niet in Vlaanderen of Brussel.")
        row = _row_of(rows, cleaned.get("town", ""))
        if row is None:
            towns = " of ".join(sorted({row.municipality.name for row in rows}))
            return self.add_error("town", f"Deze postcode hoort bij {towns}. Schrijf welke plaats het is.")
        cleaned["town"] = cleaned.get("town") or row.name
        self.instance.municipality = row.municipality
        if self._needs_coordinates(cleaned):
            cleaned["lat"], cleaned["lon"] = row.lat, row.lon
        return None

    def _needs_coordinates(self, cleaned: dict) -> bool:
        moved = {"postcode", "town"} & set(self.changed_data) and not {"lat", "lon"} & set(self.changed_data)
        return bool(moved) or cleaned.get("lat") is None or cleaned.get("lon") is None


def _row_of(rows: list[Locality], town: str) -> Locality | None:
    """The locality that is meant: the one so named, else that of the municipality when there is only one."""
    named = [row for row in rows if plain(town) and plain(row.name) == plain(town)]
    if named:
        return named[0]
    if len({row.municipality_id for row in rows}) > 1:
        return None
    main = [row for row in rows if row.name == row.municipality.name or row.kind == Locality.Kind.FORMER]
    return (main or rows)[0]


class HoursForm(forms.ModelForm):
    """A rule: open on a weekday, every week or once a month."""

    weekday = forms.TypedChoiceField(label="Dag", choices=[("", "Kies een dag"), *WEEKDAYS], coerce=int)
    nth = forms.TypedChoiceField(
        label="Hoe vaak", choices=NTH_CHOICES, coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = OpeningHours
        fields = ["weekday", "nth", "opens_at", "closes_at", "by_appointment", "in_school_holidays"]
        widgets = {"opens_at": TimeInput(), "closes_at": TimeInput()}


class ExceptionForm(forms.ModelForm):
    """Days that differ: closed when no hours are given, else open at those hours."""

    class Meta:
        model = OpeningException
        fields = ["since", "until", "opens_at", "closes_at", "reason"]
        widgets = {
            "since": DateInput(),
            "until": DateInput(),
            "opens_at": TimeInput(),
            "closes_at": TimeInput(),
        }
        help_texts = {
            "until": "Voor één dag: dezelfde dag als hierboven.",
            "opens_at": "Laat de uren leeg als jullie gesloten zijn.",
        }
