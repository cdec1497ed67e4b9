"""What somebody answers to an invitation."""

from django import forms

from partners.actions.invitee import Invitee
from partners.forms.rows import QuietField
from partners.models import MeetingInvitation

Answer = MeetingInvitation.Answer
ANSWERS = [
    (Answer.YES, "Ik kom"),
    (Answer.MAYBE, "Misschien"),
    (Answer.NO, "Ik kan niet komen"),
    (Answer.OTHER, "Iemand anders komt"),
]
#: The answers as the links in a mail name them.
IN_LINKS = {"ja": Answer.YES, "misschien": Answer.MAYBE, "nee": Answer.NO, "ander": Answer.OTHER}


class AnswerForm(forms.Form):
    """Yes, maybe, no, or who comes instead; and a word with it."""

    # What may stay empty depends on the answer: saying so at each field would be wrong for one of them.
    bound_field_class = QuietField

    answer = forms.ChoiceField(
        label="Kom je?",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een antwoord."},
    )
    delegate_name = forms.CharField(label="Wie komt er dan?", max_length=120, required=False)
    delegate_email = forms.EmailField(
        label="Het e-mailadres van die persoon",
        max_length=254,
        required=False,
        help_text="Die persoon krijgt een eigen uitnodiging.",
    )
    comment = forms.CharField(
        label="Wil je nog iets zeggen?",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    also_later = forms.BooleanField(
        label="Antwoord zo voor alle data waarvoor ik nog niet antwoordde", required=False
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    def clean(self):
        facts = super().clean()
        if facts.get("answer") == Answer.OTHER:
            for name, sentence in (
                ("delegate_name", "Vul in wie er komt."),
                ("delegate_email", "Vul het e-mailadres in van wie er komt."),
            ):
                if not facts.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return facts

    @property
    def facts(self) -> dict:
        """What the action takes."""
        known = self.cleaned_data
        instead = known["answer"] == Answer.OTHER
        delegate = Invitee(known["delegate_name"], known["delegate_email"]) if instead else None
        return {name: known[name] for name in ("answer", "comment", "seen_version")} | {"delegate": delegate}

    @staticmethod
    def initial_of(
        invitation: MeetingInvitation, *, asked: str = "", delegate: MeetingInvitation | None = None
    ) -> dict:
        """What the fields show at first: what the link in the mail says, else what she said before."""
        said = invitation.answer if invitation.answer != Answer.NONE else None
        return {
            "answer": IN_LINKS.get(asked, said),
            "comment": invitation.comment,
            "delegate_name": delegate.name if delegate else "",
            "delegate_email": delegate.email if delegate else "",
            "seen_version": invitation.meeting.time_version,
        }
