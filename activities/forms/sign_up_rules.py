"""How signing up goes for an activity: from when, who goes first, and how a place that comes free is given."""

from django import forms

from activities.forms.seen import SeenActivityForm
from activities.models import Activity
from huizen.forms import DateTimeInput

#: The parts of the form: a heading and its fields.
PARTS = (
    ("Vanaf wanneer?", ("opens_days", "opens_at")),
    ("Wie gaat eerst?", ("waiting_order", "draw_days", "strict_order")),
    ("Als er een plaats vrijkomt", ("waiting_mode", "offer_hours")),
    ("Plaatsen via partners", ("reserved_places", "reserved_hours")),
)


class SignUpRulesForm(SeenActivityForm):
    """What a House chooses about signing up; it holds for all moments of the activity."""

    mended_at = {
        "activity_opens_once": "opens_at",
        "activity_draw_has_day": "draw_days",
        "activity_opens_before_draw": "draw_days",
        "activity_offer_hours": "offer_hours",
    }
    required_css_class = "is-required"

    class Meta:
        model = Activity
        fields = [name for _, names in PARTS for name in names]
        widgets = {
            "opens_at": DateTimeInput,
            "waiting_order": forms.RadioSelect,
            "waiting_mode": forms.RadioSelect,
        }
        labels = {
            "opens_days": "Hoeveel dagen vooraf",
            "opens_at": "Of vanaf een dag en uur",
            "waiting_order": "De volgorde",
            "draw_days": "Hoeveel dagen vooraf loten we",
            "strict_order": "Past een gezin niet? Dan wacht de hele rij",
            "waiting_mode": "De plaats",
            "offer_hours": "Hoeveel uur krijgt een gezin om te antwoorden",
            "reserved_places": "Hoeveel plaatsen hou je per moment",
            "reserved_hours": "Tot hoeveel uur vooraf",
        }
        help_texts = {
            "opens_days": "Het begint dan om 9 uur. Leeg: inschrijven kan meteen.",
            "draw_days": "Alleen bij een loting. We loten die dag om 12 uur. Wie later komt, staat achteraan.",
            "strict_order": "Niet aangevinkt: het gezin houdt zijn beurt en wie wel past, gaat eerst.",
            "offer_hours": "Alleen als het gezin eerst ja zegt. Nooit tot 's nachts, nooit tot het begint.",
            "reserved_places": "Voor gezinnen die jij of een partner inschrijft. Ouders zien er niets van.",
            "reserved_hours": "Daarna zijn ze voor iedereen.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, most in (
            ("opens_days", 365),
            ("draw_days", 90),
            ("reserved_places", 200),
            ("reserved_hours", 720),
        ):
            self.fields[name].max_value = most
            self.fields[name].validators.append(_at_most(most))

    @property
    def parts(self):
        """The headings with their fields, for the template."""
        return [(title, [self[name] for name in names]) for title, names in PARTS]


def _at_most(most: int):
    def check(value):
        if value is not None and value > most:
            raise forms.ValidationError(f"Kies hoogstens {most}.")

    return check
