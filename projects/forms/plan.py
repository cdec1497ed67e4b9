"""What people fill in about the plan of a project: a milestone, a risk, and the meetings that belong to it."""

from datetime import date

from django import forms

from huizen.forms import DateInput
from huizen.models import Membership, User
from huizen.roles import Permission, roles_with
from partners.models import Meeting, MeetingGroup
from projects.forms.seen import SeenForm
from projects.models import Milestone, Project, Risk

#: No plan goes further back or ahead; a typing error in the year does.
FIRST, LAST = 2000, 2100
#: So many meetings to choose from, the latest first.
MOST_MEETINGS = 60


class MilestoneForm(SeenForm):
    """Something to have reached by a day."""

    class Meta:
        model = Milestone
        fields = ["title", "planned_for"]
        widgets = {"planned_for": DateInput}
        help_texts = {"title": "Bijvoorbeeld: de spelotheek is open."}

    def clean_planned_for(self):
        return _sane(self.cleaned_data["planned_for"])


class ReachedForm(forms.Form):
    """The day on which a milestone was reached."""

    done_on = forms.DateField(label="Bereikt op", widget=DateInput)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, initial={"done_on": today}, **kwargs)
        self.today = today

    def clean_done_on(self):
        day = _sane(self.cleaned_data["done_on"])
        if day > self.today:
            raise forms.ValidationError("Kies vandaag of een dag die voorbij is.")
        return day


class RiskForm(SeenForm):
    """What can go wrong, how it is weighed, and who keeps an eye on it."""

    class Meta:
        model = Risk
        fields = ["description", "likelihood", "impact", "response", "owner"]
        widgets = {
            "likelihood": forms.RadioSelect,
            "impact": forms.RadioSelect,
            "response": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("likelihood", "impact"):
            self.fields[name].choices = Risk.Size.choices
        self.fields["owner"].queryset = _colleagues(self.instance.project, self.instance.owner_id)
        self.fields["owner"].empty_label = "Niemand"


class ProjectMeetingsForm(forms.Form):
    """Which group meets about the project, and which other meetings were about it."""

    group = forms.ModelChoiceField(
        label="Groep die over het project overlegt",
        queryset=None,
        required=False,
        empty_label="Geen",
        help_text="Elk overleg van de groep hoort dan bij het project.",
    )
    meetings = forms.ModelMultipleChoiceField(
        label="Andere overleggen", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, project: Project, **kwargs):
        chosen = list(project.meetings.values_list("pk", flat=True))
        start = {"group": project.meeting_group_id, "meetings": chosen}
        super().__init__(*args, initial=start, **kwargs)
        groups = MeetingGroup.objects.filter(house=project.house_id).exclude(house=None)
        self.fields["group"].queryset = groups.order_by("name", "pk")
        meetings = Meeting.objects.filter(house=project.house_id).exclude(house=None)
        latest = list(meetings.order_by("-starts_at", "-pk").values_list("pk", flat=True)[:MOST_MEETINGS])
        self.fields["meetings"].queryset = meetings.filter(pk__in=[*latest, *chosen]).order_by(
            "-starts_at", "-pk"
        )
        self.fields["meetings"].label_from_instance = _with_day


def _with_day(meeting: Meeting) -> str:
    return f"{meeting} ({meeting.starts_at.astimezone():%-d/%-m/%Y})"


def _colleagues(project: Project, owner: int | None):
    """Who works at the House of the project, and who keeps an eye on it now."""
    here = Membership.objects.current().filter(
        house=project.house_id, house__isnull=False, role__in=roles_with(Permission.PLAN_MEETINGS)
    )
    people = {*here.values_list("user", flat=True), owner}
    return User.objects.filter(pk__in=people - {None}).order_by("name", "email")


def _sane(day: date) -> date:
    if not FIRST <= day.year <= LAST:
        raise forms.ValidationError(f"Kies een dag tussen {FIRST} en {LAST}.")
    return day
