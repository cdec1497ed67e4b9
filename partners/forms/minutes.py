"""What is written while a meeting goes on: notes, decisions and things to do at each point, all on one page."""

from django import forms

from partners.actions.minutes import ClashError, Save
from partners.forms.action_point import AgreedForm, Owners
from partners.minutes_body import REMARKS, Noted, Written
from partners.models import ActionPoint, AgendaItem, Meeting

#: As long as a note can be; a long meeting fits.
LONGEST = 10_000


class PointForm(AgreedForm):
    """One point: what was said, what was decided, how it ended, and one more thing to do."""

    notes = forms.CharField(
        label="Wat er gezegd is",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        strip=False,
    )
    decisions = forms.CharField(
        label="Beslissingen",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Een per lijn.",
        strip=False,
    )
    state = forms.ChoiceField(label="Dit punt is", choices=AgendaItem.State, required=False)


class GeneralForm(AgreedForm):
    """What belongs to no point; and which revision the editor had in front of her."""

    remarks = forms.CharField(
        label="Algemeen",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        strip=False,
    )
    seen = forms.IntegerField(min_value=0, max_value=30_000, widget=forms.HiddenInput)


class ReopenForm(forms.Form):
    """Why the approval of minutes is taken back; the logbook keeps it."""

    reason = forms.CharField(label="Waarom?", max_length=200)


class MinutesForms:
    """All forms of one page; `data` is what was sent, or None."""

    def __init__(self, meeting: Meeting, written: Written, seen: int, *, data, today):
        self.items = list(meeting.agenda.all())
        about = {"owners": Owners(meeting.house, meeting), "today": today}
        start = {"remarks": written.remarks, "seen": seen}
        self.data = data.copy() if data is not None else None
        agreed = _agreed_at(meeting)
        self.general = GeneralForm(self.data, prefix="alg", initial=start, **about)
        self.general.there = agreed.pop(None, [])
        self.points = []
        for item in self.items:
            noted = written.points.get(item.pk, Noted())
            said = {"notes": noted.notes, "decisions": noted.decisions, "state": item.state}
            form = PointForm(self.data, prefix=f"p{item.pk}", initial=said, **about)
            form.item, form.there = item, agreed.get(item.pk, [])
            self.points.append(form)

    @property
    def forms(self) -> list[forms.Form]:
        """Every form, the points first; the summary of mistakes reads them as it reads a formset."""
        return [*self.points, self.general]

    @property
    def is_bound(self) -> bool:
        return self.data is not None

    def non_form_errors(self) -> list[str]:
        """Nothing is wrong with all of them together that is not wrong with one."""
        return []

    def is_valid(self) -> bool:
        """Whether all are right; asks all, so that every mistake shows at once."""
        return False not in [form.is_valid() for form in self.forms]

    @property
    def facts(self) -> Save:
        """What the action takes."""
        known = {form.item.pk: form.cleaned_data for form in self.points}
        noted = {key: Noted(facts["notes"], facts["decisions"]) for key, facts in known.items()}
        agreed = [(form.item.pk, form.agreed) for form in self.points]
        agreed.append((0, self.general.agreed))
        return Save(
            written=Written(self.general.cleaned_data["remarks"], noted),
            seen=self.general.cleaned_data["seen"],
            states={key: facts["state"] for key, facts in known.items() if facts["state"]},
            agreed=[(key, one) for key, one in agreed if one],
        )

    def show_both(self, error: ClashError) -> None:
        """Show what somebody else wrote beside what she typed; the next time she saves, she has seen both."""
        self.data["alg-seen"] = str(error.number)
        self.data["alg-remarks"] = error.written.remarks
        for form in self.points:
            noted = error.written.points.get(form.item.pk, Noted())
            self.data[f"{form.prefix}-notes"] = noted.notes
            self.data[f"{form.prefix}-decisions"] = noted.decisions
            form.theirs = [clash for clash in error.clashes if clash.key == form.item.pk]
        self.general.theirs = [clash for clash in error.clashes if clash.name == REMARKS]
        self.general.add_error(None, str(error))


def _agreed_at(meeting: Meeting) -> dict[int | None, list[ActionPoint]]:
    """What was agreed to do, by point; None for what belongs to none."""
    found: dict[int | None, list[ActionPoint]] = {}
    rows = meeting.action_points.exclude(state=ActionPoint.State.DROPPED).with_owner()
    for point in rows.order_by("pk"):
        found.setdefault(point.item_id, []).append(point)
    return found
