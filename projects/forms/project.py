"""What people fill in: the filter of the list, a project's own words, an objective with its targets."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.formats import localize

from huizen.models import Municipality
from huizen.vocabulary import PolicyGoal
from projects.forms.seen import SeenForm
from projects.models import Objective, Project, Target
from projects.typed import mark_of

#: Before that there was no Huis van het Kind.
FIRST_YEAR = 2000


class ProjectFilter(forms.Form):
    """Which projects to show; the address holds it, so it can be shared."""

    q = forms.CharField(label="Zoek een project of een gemeente", max_length=80, required=False)
    provincie = forms.ChoiceField(
        label="Provincie", choices=[("", "Overal"), *Municipality.Province.choices], required=False
    )

    def narrow(self, projects):
        """The projects that fit; a filter that was not understood narrows nothing and says so."""
        if not self.is_valid():
            return projects
        if province := self.cleaned_data["provincie"]:
            projects = projects.filter(municipalities__province=province)
        if q := self.cleaned_data["q"]:
            projects = projects.filter(
                Q(name__icontains=q)
                | Q(title__icontains=q)
                | Q(official_variant__icontains=q)
                | Q(municipalities__name__icontains=q)
                | Q(municipalities__merged_into__name__icontains=q)
            )
        return projects.distinct()


class DeskFilter(ProjectFilter):
    """The same for the pages of the agency, with the policy goal and the year."""

    doelstelling = forms.ChoiceField(
        label="Doelstelling", choices=[("", "Alle"), *PolicyGoal.choices], required=False
    )
    jaar = forms.IntegerField(
        label="Werkingsjaar dat begint in", min_value=FIRST_YEAR, max_value=2100, required=False
    )

    def narrow(self, projects):
        projects = super().narrow(projects)
        return projects.filter(policy_goals__contains=[self.goal]) if self.goal else projects

    @property
    def goal(self) -> str:
        """The policy goal that projects should have; empty for all."""
        return self.cleaned_data["doelstelling"] if self.is_valid() else ""

    @property
    def in_words(self) -> str:
        """What was chosen, for a paper that knows no form."""
        if not self.is_valid():
            return ""
        asked = ((self.fields[name], value) for name, value in self.cleaned_data.items() if value)
        return ", ".join(
            f"{field.label}: {dict(getattr(field, 'choices', ())).get(value, localize(value))}"
            for field, value in asked
            if not field.widget.is_hidden
        )

    @property
    def year(self) -> int | None:
        """The year of which reports and money are asked; None for all."""
        return self.cleaned_data["jaar"] if self.is_valid() else None


class ProjectForm(SeenForm):
    """A project's own title, its summary, what it wants to reach in the end, and its policy goals."""

    policy_goals = forms.MultipleChoiceField(
        label="Doelstellingen",
        choices=PolicyGoal.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Laat alles leeg zolang het niet bekend is. Anders: preventieve gezinsondersteuning en minstens één andere.",
    )

    class Meta:
        model = Project
        fields = ["title", "summary", "impact", "policy_goals"]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4}),
            "impact": forms.Textarea(attrs={"rows": 2}),
        }

    def clean_policy_goals(self):
        """The database's own rule, with its sentence at the field."""
        goals = self.cleaned_data["policy_goals"]
        rule = next(rule for rule in Project._meta.constraints if rule.name == "project_goals_combine")
        rule.validate(Project, Project(policy_goals=goals))
        return goals


class ObjectiveForm(SeenForm):
    """One objective in the project's own words."""

    class Meta:
        model = Objective
        fields = ["title", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 5})}


class TargetForm(forms.ModelForm):
    """One line: how many, of what."""

    class Meta:
        model = Target
        fields = ["amount", "what"]


class TargetFormSet(forms.BaseFormSet):
    """What the objective can be counted by: as many lines as needed, at most ten.

    Kept, they replace what stood there; lines that a colleague changed meanwhile stay, or are asked about.
    """

    def __init__(self, data=None, *, objective: Objective, **kwargs):
        rows = objective.targets.order_by("pk") if objective.pk else ()
        self.stood = [(row.amount, row.what) for row in rows]
        start = [{"amount": amount, "what": what} for amount, what in self.stood]
        super().__init__(data, initial=start, **kwargs)

    @property
    def mark(self) -> str:
        """By which the next page knows whether somebody else changed them meanwhile."""
        return _mark(self.stood)

    @property
    def pairs(self) -> list[tuple[int, str]]:
        """The lines that were filled in and not taken away; what stands there now where she changed nothing."""
        typed = self._typed
        return self.stood if _mark(typed) == self._seen else typed

    @property
    def _typed(self) -> list[tuple[int, str]]:
        kept = (
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        )
        return [(line["amount"], line["what"]) for line in kept]

    @property
    def _seen(self) -> str:
        return self.data.get(f"{self.prefix}-gezien", "")

    def clean(self):
        if any(self.errors):
            return
        typed = self._typed
        if len(typed) != len({what for _, what in typed}):
            raise ValidationError("Een telbaar doel staat er twee keer.")
        if self._seen and self.mark != self._seen and _mark(typed) not in (self.mark, self._seen):
            now = ", ".join(f"{amount} {what}" for amount, what in self.stood) or "niets"
            raise ValidationError(
                f"Iemand anders wijzigde de tellingen intussen: {now}. Bewaar opnieuw om ze te vervangen."
            )


TargetForms = forms.formset_factory(
    TargetForm,
    formset=TargetFormSet,
    extra=2,
    can_delete=True,
    can_delete_extra=False,
    max_num=10,
    validate_max=True,
    absolute_max=20,
)


def _mark(pairs: list[tuple[int, str]]) -> str:
    return mark_of("\n".join(f"{amount} {what}" for amount, what in pairs))
