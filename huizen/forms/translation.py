"""A translation, typed beside the Dutch: only what stands in Dutch can be translated."""

from django import forms

from huizen.models import HouseTranslation, Translation
from huizen.models.translation import fingerprint

SEEN, STILL = "gezien", "klopt-nog"


class TranslationForm(forms.ModelForm):
    """The fields that have Dutch, each with its Dutch beside it; for an outdated one a tick that it still holds."""

    without_summary = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.before = {name: getattr(self.instance, name) for name in self.instance.FIELDS}
        source, outdated = self.instance.source, set(self.instance.outdated())
        for name in self.instance.FIELDS:
            if not getattr(source, name):
                del self.fields[name]
                setattr(self.instance, name, "")
            else:
                self._speak(name)
                self._ask(name, outdated=name in outdated)

    def _speak(self, name: str) -> None:
        """A screen reader reads the field, and a keyboard corrects it, in the language of the translation."""
        language = self.instance.in_language
        self.fields[name].widget.attrs |= {"lang": language.code, "dir": language.direction}

    def _ask(self, name: str, *, outdated: bool) -> None:
        seen = fingerprint(getattr(self.instance.source, name))
        self.fields[f"{SEEN}-{name}"] = forms.CharField(
            widget=forms.HiddenInput, initial=seen, required=False, max_length=16
        )
        if outdated:
            self.fields[f"{STILL}-{name}"] = forms.BooleanField(
                label="Deze vertaling klopt nog bij het nieuwe Nederlands", required=False
            )

    @property
    def beside(self) -> list[tuple]:
        """Each field with its Dutch, and the tick of an outdated one."""
        source = self.instance.source
        return [
            (
                self[name],
                getattr(source, name),
                self[still] if (still := f"{STILL}-{name}") in self.fields else None,
            )
            for name in self.instance.FIELDS
            if name in self.fields
        ]

    @property
    def seen(self) -> dict[str, str]:
        """The Dutch that the translator had before her, by the fingerprint of each field."""
        return {
            name: self.cleaned_data[f"{SEEN}-{name}"]
            for name in self.instance.FIELDS
            if self.cleaned_data.get(f"{SEEN}-{name}")
        }

    @property
    def renewed(self) -> list[str]:
        """What she typed anew, or said of that it still holds."""
        return [
            name
            for name in self.instance.FIELDS
            if name in self.fields
            and (self.cleaned_data[name] != self.before[name] or self.cleaned_data.get(f"{STILL}-{name}"))
        ]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in self.instance.FIELDS):
            raise forms.ValidationError("Vertaal minstens één tekst, of verwijder de vertaling.")
        return cleaned


class HouseTranslationForm(TranslationForm):
    """What a House says of itself."""

    class Meta:
        model = HouseTranslation
        fields = [*HouseTranslation.FIELDS, "state"]
        widgets = {
            "intro": forms.Textarea({"rows": 4}),
            "participation": forms.Textarea({"rows": 5}),
            "state": forms.RadioSelect(choices=Translation.State.choices),
        }
