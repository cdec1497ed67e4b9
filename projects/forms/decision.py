"""What the agency fills in about an application: rule by rule whether it is kept, and the decision with its reason."""

from django import forms
from django.utils.html import escape

from projects.actions.jury import jurors
from projects.application.checks import Check, Checked
from projects.application.flow import Act
from projects.models import ApplicationDecision

KEPT = [("ja", "in orde"), ("nee", "niet in orde")]
DECISIONS = [
    (Act.SELECT.value, "Selecteer: er komt een project van"),
    (Act.RESERVE.value, "Zet op de reservelijst"),
    (Act.REJECT.value, "Selecteer niet"),
]


def reason_field(**facts) -> forms.CharField:
    """Why, as it stands in the letter."""
    length = ApplicationDecision._meta.get_field("reason").max_length
    return forms.CharField(
        label="Motivering",
        max_length=length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Staat zo in de brief.",
        **facts,
    )


class VersionForm(forms.Form):
    """Says about which version somebody decides."""

    version = forms.IntegerField(min_value=1, max_value=10_000, widget=forms.HiddenInput)


class AdmissionForm(VersionForm):
    """The checklist: each rule of the call is kept or not. What the portal can tell is filled in already."""

    def __init__(self, *args, checks: list[Check], **kwargs):
        super().__init__(*args, **kwargs)
        self.checks = checks
        for check in checks:
            self.fields[f"kept-{check.key}"] = forms.ChoiceField(
                label=check.rule,
                choices=KEPT,
                initial="nee" if check.fault else "ja",
                widget=forms.RadioSelect,
                # Help texts are shown as they are; this one holds words that people typed.
                help_text=escape(check.fault or check.says),
            )
            self.fields[f"remark-{check.key}"] = forms.CharField(
                label="Opmerking", max_length=300, required=False
            )
        self.fields["reason"] = reason_field(required=False)

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each rule with its remark."""
        return [(self[f"kept-{check.key}"], self[f"remark-{check.key}"]) for check in self.checks]

    @property
    def checked(self) -> list[Checked]:
        """What was found, in order."""
        found = self.cleaned_data
        return [
            Checked(check.rule, found[f"kept-{check.key}"] == "ja", found[f"remark-{check.key}"])
            for check in self.checks
        ]


class DecisionForm(VersionForm):
    """What becomes of an application after the jury."""

    def __init__(self, *args, acts: set[Act], **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(value, label) for value, label in DECISIONS if Act(value) in acts]
        self.fields["act"] = forms.ChoiceField(label="Beslissing", choices=choices, widget=forms.RadioSelect)
        self.fields["reason"] = reason_field()


class LiftForm(forms.Form):
    """Why a conflict of interest that somebody declared is none."""

    reason = forms.CharField(
        label="Waarom is er geen belangenconflict?",
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Staat zo in het logboek.",
    )


class SeatForm(forms.Form):
    """Whom to give a place in a jury."""

    user = forms.ModelChoiceField(label="Jurylid", queryset=None, empty_label="Kies")

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        sitting = call.seats.filter(ended_at=None, user__isnull=False).values("user")
        self.fields["user"].queryset = jurors().exclude(pk__in=sitting).order_by("name", "email")
