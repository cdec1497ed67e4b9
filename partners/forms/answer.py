"""What somebody answers to an invitation."""

from django import forms

from partners.models import MeetingInvitation

ANSWERS = [("yes", "Ik kom"), ("maybe", "Misschien"), ("no", "Ik kan niet komen")]


class AnswerForm(forms.Form):
    """Yes, maybe or no, and a word with it."""

    answer = forms.ChoiceField(
        label="Kom je?",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een antwoord."},
    )
    comment = forms.CharField(
        label="Wil je nog iets zeggen?",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    @staticmethod
    def initial_of(invitation: MeetingInvitation) -> dict:
        """What the fields show at first: what she said before."""
        said = invitation.answer if invitation.answer != MeetingInvitation.Answer.NONE else None
        return {
            "answer": said,
            "comment": invitation.comment,
            "seen_version": invitation.meeting.time_version,
        }
