"""What people fill in to ask for a change of a project, and to decide about it."""

from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError

from huizen.forms import DateInput
from partners.forms.agreement import PdfField
from projects.actions.amendment import Shift
from projects.actions.amendment_file import MOST_FILES, Document
from projects.forms.budget import EuroField
from projects.models import Amendment, AmendmentFile, BudgetLine, FundingSource, Project
from projects.numbers import write_cents

Kind = Amendment.Kind
LONG = Amendment._meta.get_field("reason").max_length


class ManyFiles(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class PdfsField(PdfField):
    """PDFs by what is in them, each with the name that people gave it."""

    widget = ManyFiles(attrs={"accept": "application/pdf"})

    def clean(self, data, initial=None) -> list[Document]:
        uploads = data or []
        if len(uploads) > MOST_FILES:
            raise ValidationError(f"Kies hoogstens {MOST_FILES} documenten.")
        return [Document(_title(upload.name), super(PdfsField, self).clean(upload)) for upload in uploads]


def _title(called: str) -> str:
    """What people called a file, without its ending and what cannot be written down."""
    written = "".join(sign for sign in PurePath(called).stem if sign.isprintable())
    return written[: AmendmentFile._meta.get_field("title").max_length] or "document"


class AmendmentForm(forms.Form):
    """What every change says: why, with what shows it."""

    reason = forms.CharField(
        label="Waarom is dit nodig?", max_length=LONG, widget=forms.Textarea(attrs={"rows": 3})
    )
    files = PdfsField(
        label="Documenten die dit tonen",
        help_text=f"Hoogstens {MOST_FILES} PDF's van 5 MB. Ze blijven bij de vraag. Zonder namen van gezinnen.",
        required=False,
    )

    def __init__(self, *args, project: Project, **kwargs):
        super().__init__(*args, **kwargs)
        self.project = project

    @property
    def facts(self) -> dict:
        """What the action takes."""
        return self.cleaned_data


class ExtensionForm(AmendmentForm):
    """A later last day."""

    until = forms.DateField(label="Verlengen tot en met", widget=DateInput)
    field_order = ["until", "reason"]


class PartnerChangeForm(AmendmentForm):
    """Who comes, who goes."""

    what = forms.CharField(
        label="Wie valt weg, en wie komt erbij?", max_length=LONG, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ["what", "reason"]


class BudgetShiftForm(AmendmentForm):
    """Another amount for lines of the budget, and one new line."""

    number = forms.TypedChoiceField(
        label="Nieuwe lijn: werkingsjaar", coerce=int, required=False, empty_value=None
    )
    what = forms.CharField(
        label="Nieuwe lijn: waarvoor",
        max_length=BudgetLine._meta.get_field("what").max_length,
        required=False,
    )
    source = forms.ChoiceField(
        label="Nieuwe lijn: wie betaalt", choices=[("", "Kies"), *FundingSource.choices], required=False
    )
    cents = EuroField(label="Nieuwe lijn: bedrag in euro", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = range(1, self.project.years + 1)
        self.fields["number"].choices = [("", "Kies"), *((year, f"werkingsjaar {year}") for year in years)]
        self.lines = {
            f"line_{line.pk}": line for line in self.project.budget_lines.order_by("number", "source", "what")
        }
        for name, line in self.lines.items():
            now = write_cents(line.cents)
            self.fields[name] = EuroField(
                label=f"{line}, werkingsjaar {line.number}",
                help_text=f"Nu {now} euro. Schrijf 0 om de lijn weg te halen.",
                least=0,
            )
            self.initial[name] = now
        self.order_fields([*self.lines, "number", "what", "source", "cents", "reason"])

    def clean(self):
        facts = super().clean()
        new = [name for name in ("number", "what", "source", "cents") if facts.get(name)]
        if new and len(new) < 4:
            for name in {"number", "what", "source", "cents"} - {*new, *self.errors}:
                self.add_error(name, "Vul dit in, of maak de hele nieuwe lijn leeg.")
        same = {(line.number, line.what, line.source) for line in self.lines.values()}
        if len(new) == 4 and (facts["number"], facts["what"], facts["source"]) in same:
            self.add_error("what", "Deze lijn staat er al. Wijzig haar bedrag hierboven.")
        return facts

    @property
    def facts(self) -> dict:
        """What the action takes: every line with its amount, and the new one."""
        known = self.cleaned_data
        shifts = [
            Shift(line.number, line.what, line.source, known[name]) for name, line in self.lines.items()
        ]
        if known["cents"]:
            shifts.append(Shift(known["number"], known["what"], known["source"], known["cents"]))
        return {"reason": known["reason"], "files": known["files"], "shifts": shifts}


#: The form of each kind of change.
FORMS: dict[str, type[AmendmentForm]] = {
    Kind.EXTENSION: ExtensionForm,
    Kind.BUDGET: BudgetShiftForm,
    Kind.PARTNER: PartnerChangeForm,
}


class VerdictForm(forms.Form):
    """Yes or no, with the reason."""

    antwoord = forms.ChoiceField(
        label="Wat beslis je?",
        choices=[("ja", "Goedkeuren"), ("nee", "Niet goedkeuren")],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label="Waarom?", max_length=LONG, widget=forms.Textarea(attrs={"rows": 3}))
