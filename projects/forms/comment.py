"""What somebody says about a part of a report, and who reads it."""

from django import forms

from projects.models import ReviewComment, Visibility

WHOLE = "Het hele verslag"


class CommentForm(forms.ModelForm):
    """A new comment; only the agency chooses who reads it."""

    part = forms.ChoiceField(label="Waarover", required=False)

    class Meta:
        model = ReviewComment
        fields = ["part", "body", "visibility"]
        widgets = {"body": forms.Textarea(attrs={"rows": 3})}
        labels = {"body": "Opmerking", "visibility": "Wie leest dit?"}

    def __init__(self, *args, parts: list[tuple[str, str]], is_agency: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [("", WHOLE), *parts]
        self.fields["body"].max_length = ReviewComment._meta.get_field("body").max_length
        if not is_agency:
            del self.fields["visibility"]

    def clean(self):
        told = super().clean()
        told.setdefault("visibility", Visibility.SHARED if "visibility" not in self.fields else "")
        return told

    def _post_clean(self):
        """Who may say what is for the action to decide; the row is made there."""


class ReplyForm(forms.Form):
    """An answer; read by whom the first comment is read."""

    body = forms.CharField(
        label="Antwoord",
        max_length=ReviewComment._meta.get_field("body").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
