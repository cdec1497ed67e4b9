"""Who came to a meeting and was not asked."""

from django import forms


class ExtraForm(forms.Form):
    """A name, and perhaps from where."""

    name = forms.CharField(
        label="Wie kwam er nog?",
        max_length=120,
        help_text="Een naam, en van waar. Bijvoorbeeld: de bibliothecaris.",
    )
