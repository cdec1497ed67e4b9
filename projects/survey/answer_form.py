"""The form in which a House answers: made of the questions of its round."""

import json
from typing import Any, NamedTuple

from django import forms

from huizen.forms import PortalField
from projects.models import Kind, SurveyQuestion, SurveyTheme
from projects.survey.merging import Facts
from projects.survey.reading import Former
from projects.survey.values import in_words

#: The hidden field with what stood there when she began; the places where two people differ and what was chosen there.
BASE, SHOWN, CHOSEN = "toen", "botsing", "keuze-"
MINE, THEIRS = "mijn", "ander"
MOST = 1_000_000_000
NO_ANSWER = ("", "nog geen antwoord")


class AskedInTheEnd(PortalField):
    """What may stay empty in a draft, but not when it is handed in."""

    says_optional = False


class Entry(NamedTuple):
    """One question on the page: its fields (several for a matrix), and what stands beside them."""

    question: SurveyQuestion
    fields: list[forms.BoundField]
    former: Former | None
    old_version: str


class AnswerForm(forms.Form):
    """One field a question, one a line of a matrix. Only who hands in (`submits`) must fill in what is required."""

    def __init__(self, data=None, *, questions: list[SurveyQuestion], facts: Facts, submits: bool = False):
        super().__init__(data)
        self.questions = questions
        for question in questions:
            for name, place in names_of(question):
                self.fields[name] = _field(question, place, required=submits and question.is_required)
                self.initial[name] = _initial(question, facts.get(question.key), place)

    @property
    def typed(self) -> Facts:
        """What was answered, by question; a question without an answer is not there. For a valid form."""
        found = {question.key: self._value(question) for question in self.questions}
        return {key: value for key, value in found.items() if value not in (None, "", [], {})}

    def mine(self, base: Facts) -> Facts:
        """The same, with what her page did not ask as it stood there when she began."""
        shown = {question.key for question in self.questions}
        return {key: value for key, value in base.items() if key not in shown} | self.typed

    def _value(self, question: SurveyQuestion) -> Any:
        if question.kind != Kind.MATRIX:
            return self.cleaned_data[f"v{question.pk}"]
        cells = {str(place): self.cleaned_data[name] for name, place in names_of(question)}
        return {place: value for place, value in cells.items() if value is not None}

    def entries(
        self, theme: SurveyTheme, *, former: dict[str, Former], old_versions: dict[Any, str]
    ) -> list[Entry]:
        """The questions of one theme as the page shows them."""
        shown = {question.pk for question in self.questions}
        return [
            Entry(
                question,
                [self[name] for name, _ in names_of(question)],
                former.get(question.key),
                old_versions.get(question.lineage, ""),
            )
            for question in theme.current
            if question.pk in shown
        ]


def names_of(question: SurveyQuestion) -> list[tuple[str, int | None]]:
    """The names of its fields, each with the line of the matrix that it is."""
    if question.kind == Kind.MATRIX:
        return [(f"v{question.pk}r{place}", place) for place in range(len(question.rows))]
    return [(f"v{question.pk}", None)]


def sent_for(question: SurveyQuestion, data) -> bool:
    """Whether a browser sent something for it, as one does that showed a version which was replaced meanwhile."""
    return any(data.get(name) for name, _ in names_of(question))


def base_of(data) -> Facts:
    """What stood there when she began, as her page sent it back; nothing for nonsense."""
    try:
        base = json.loads(data.get(BASE, "{}"))
    except (ValueError, RecursionError):
        return {}
    return base if isinstance(base, dict) else {}


def old_versions(questions: list[SurveyQuestion], facts: Facts) -> dict[Any, str]:
    """By lineage: what the House answered to a version that is no longer asked."""
    retired = [question for question in questions if not question.is_current and question.key in facts]
    return {question.lineage: in_words(question, facts[question.key]) for question in retired}


def _field(question: SurveyQuestion, place: int | None, *, required: bool) -> forms.Field:
    label = question.text if place is None else question.rows[place]
    facts: dict[str, Any] = {"label": label, "required": required}
    if question.is_required:
        facts["bound_field_class"] = AskedInTheEnd
    if place is None:
        facts["help_text"] = question.help
    match question.kind:
        case Kind.CHOICE | Kind.MATRIX:
            return _one_of([(str(at), option) for at, option in enumerate(question.options)], **facts)
        case Kind.SCALE:
            return _one_of([(str(at), step) for at, step in enumerate(question.steps, start=1)], **facts)
        case Kind.CHOICES:
            choices = [(str(at), option) for at, option in enumerate(question.options)]
            widget = forms.CheckboxSelectMultiple
            return forms.TypedMultipleChoiceField(coerce=int, choices=choices, widget=widget, **facts)
        case Kind.NUMBER:
            return NumberField(unit=question.unit, **facts)
        case _:
            return WordsField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), **facts)


def _one_of(choices: list[tuple[str, str]], *, required: bool, **facts) -> forms.TypedChoiceField:
    """One of these; who need not answer can take her answer back."""
    choices = choices if required else [*choices, NO_ANSWER]
    return forms.TypedChoiceField(
        coerce=int, empty_value=None, choices=choices, widget=forms.RadioSelect, required=required, **facts
    )


def _initial(question: SurveyQuestion, value: Any, place: int | None) -> Any:
    if value is None:
        return None
    if question.kind == Kind.MATRIX:
        return value.get(str(place))
    return value


class NumberField(forms.DecimalField):
    """A number from 0 on, with a comma or a point; kept as JSON keeps numbers."""

    def __init__(self, *, unit: str, help_text: str = "", **facts):
        about = " ".join(part for part in (help_text, f"In {unit}." if unit else "") if part)
        super().__init__(
            min_value=0, max_value=MOST, decimal_places=2, localize=True, help_text=about, **facts
        )
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value):
        number = super().clean(value)
        if number is None:
            return None
        return int(number) if number == int(number) else float(number)


class WordsField(forms.CharField):
    """Own words; every browser's line ends as one."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")
