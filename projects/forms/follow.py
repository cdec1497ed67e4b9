"""What the agency says about a project: who follows it, and how far it is."""

from projects.actions.people import officers
from projects.forms.seen import SeenForm
from projects.models import Project


class FollowForm(SeenForm):
    """Somebody of the agency, and a state."""

    class Meta:
        model = Project
        fields = ["officer", "status"]
        help_texts = {
            "officer": "Krijgt bericht van verslagen, en herinneringen als er een te laat is.",
            "status": "Vanaf geselecteerd staat het project op het portaal. Stopt het, dan vertrekken er geen herinneringen meer.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers().order_by("name", "email")
        self.fields["officer"].empty_label = "Niemand"
