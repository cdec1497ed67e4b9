"""What is asked of a family that walked in."""

from django import forms

WRONG = "Schrijf een getal van 0 tot 20."
NUMBER = {"invalid": WRONG, "min_value": WRONG, "max_value": WRONG}


class VisitForm(forms.Form):
    """With how many they were; no name is needed."""

    children = forms.IntegerField(
        label="Kinderen", min_value=0, max_value=20, initial=1, required=False, error_messages=NUMBER
    )
    adults = forms.IntegerField(
        label="Volwassenen", min_value=0, max_value=20, initial=1, required=False, error_messages=NUMBER
    )
    first_names = forms.CharField(
        label="Voornamen van de kinderen",
        max_length=120,
        required=False,
        help_text="Alleen als het gezin dat wil. Na 60 dagen wissen we ze.",
    )
    is_new = forms.BooleanField(label="Dit gezin komt voor het eerst", required=False)

    def clean(self):
        told = super().clean()
        told["children"], told["adults"] = told.get("children") or 0, told.get("adults") or 0
        if not self.errors and told["children"] + told["adults"] < 1:
            self.add_error("children", "Zeg met hoeveel ze waren.")
        return told
