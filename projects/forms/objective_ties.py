"""What people fill in to say what an objective works on, and with whom."""

from django import forms
from django.db.models import Q

from huizen.vocabulary import PolicyGoal
from partners.models import Organisation
from projects.models import Objective, ObjectivePartner

Role = ObjectivePartner.Role


class TiesForm(forms.Form):
    """Policy goals of the project, and present partners of its House; who left stays until somebody takes it away."""

    policy_goals = forms.MultipleChoiceField(
        label="Dit doel werkt aan", required=False, widget=forms.CheckboxSelectMultiple
    )
    leads = forms.ModelMultipleChoiceField(
        label="Wie trekt het", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    helps = forms.ModelMultipleChoiceField(
        label="Wie werkt mee", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, objective: Objective, **kwargs):
        now = list(objective.partners.values_list("role", "organisation"))
        start = {"policy_goals": objective.policy_goals}
        for name, role in (("leads", Role.LEADS), ("helps", Role.HELPS)):
            start[name] = [pk for its, pk in now if its == role]
        super().__init__(*args, initial=start, **kwargs)
        project = objective.project
        self.fields["policy_goals"].choices = [
            (goal, goal.label) for goal in PolicyGoal if goal in project.policy_goals
        ]
        present = Q(partnerships__house=project.house_id, partnerships__until=None)
        if project.house_id is None:
            present = Q(pk=None)
        rows = Organisation.objects.filter(present | Q(pk__in=[pk for _, pk in now]))
        for name in ("leads", "helps"):
            self.fields[name].queryset = rows.distinct().order_by("name", "pk")

    @property
    def has_choices(self) -> bool:
        """Whether there is anything to tick."""
        return bool(self.fields["policy_goals"].choices) or self.fields["leads"].queryset.exists()
