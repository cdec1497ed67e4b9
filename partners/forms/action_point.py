"""What is agreed to do: what, who and by when; and which of it to show."""

from datetime import date

from django import forms
from django.db.models import Q

from huizen.forms import DateInput, SeenField
from huizen.models import House, Membership
from huizen.roles import Permission, roles_with
from partners.actions.action_point import Agreed
from partners.forms.meeting_people import reachable_contacts
from partners.forms.moment import planned_day
from partners.forms.rows import QuietField
from partners.models import ActionPoint, Contact, Meeting


class Owners:
    """Who can do something: the people of the House, who was asked to the meeting, and the contacts of partners.

    Three queries, however many they are.
    """

    def __init__(self, house: House | None, meeting: Meeting | None, point: ActionPoint | None = None):
        self.known: dict[str, object] = {}
        asked = list(meeting.invitations.asked().select_related("contact__organisation")) if meeting else []
        guests = [("i", one) for one in asked if not one.contact_id and one.name]
        there = [("c", one.contact) for one in asked if one.contact_id]
        contacts = [("c", contact) for contact in reachable_contacts(house)] if house else []
        present = [(point.owner_key[0], point.owner)] if point and point.owner else []
        groups = {
            "Van het Huis" if house else "Van Opgroeien": [("u", user) for user in _colleagues(house)],
            "Gevraagd op het overleg": [*there, *guests],
            "Contactpersonen van partners": contacts,
            "Nu": present,
        }
        self.choices: list = [("", "Nog niemand")]
        for title, people in groups.items():
            new = {f"{letter}{one.pk}": one for letter, one in people}
            new = {key: one for key, one in new.items() if key not in self.known}
            self.known |= new
            if new:
                self.choices.append((title, [(key, _named(one)) for key, one in new.items()]))


def _colleagues(house: House | None) -> list:
    rows = Membership.objects.current().filter(house=house, role__in=roles_with(Permission.PLAN_MEETINGS))
    people = {row.user_id: row.user for row in rows.select_related("user")}
    return sorted(people.values(), key=lambda user: str(user).casefold())


def _named(one) -> str:
    return f"{one.name} ({one.organisation})" if isinstance(one, Contact) else str(getattr(one, "name", one))


class AgreedForm(forms.Form):
    """Something to do; a form without words agrees nothing."""

    without_summary = True
    bound_field_class = QuietField

    todo = forms.CharField(label="Wat", max_length=200, required=False)
    who = forms.ChoiceField(label="Wie doet het", required=False)
    due = forms.DateField(label="Tegen", widget=DateInput, required=False)

    def __init__(self, *args, owners: Owners, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.owners, self.today = owners, today
        self.fields["who"].choices = owners.choices

    def clean_due(self):
        due = self.cleaned_data["due"]
        return due and planned_day(due, today=self.today, earliest=self._earliest())

    def clean(self):
        facts = super().clean()
        if not facts.get("todo") and "todo" not in self.errors and (facts.get("who") or facts.get("due")):
            self.add_error("todo", "Zeg wat er te doen is, of maak ook wie en tegen leeg.")
        return facts

    @property
    def agreed(self) -> Agreed | None:
        """What was agreed; None for nothing."""
        facts = self.cleaned_data
        if not facts["todo"]:
            return None
        return Agreed(facts["todo"], self.owners.known.get(facts["who"]), facts["due"])

    def _earliest(self) -> date:
        return self.today


class ActionForm(AgreedForm):
    """One thing to do on its own page; a day that is past may stay."""

    without_summary = False

    seen = SeenField(required=False)

    def __init__(self, *args, point: ActionPoint | None = None, **kwargs):
        self.point = point
        if point:
            said = {"todo": point.title, "who": point.owner_key, "due": point.due_on}
            kwargs["initial"] = said | {"seen": point.changed_at}
        super().__init__(*args, **kwargs)
        self.fields["todo"].required = True
        self.fields["seen"].required = point is not None

    def _earliest(self) -> date:
        due = self.point.due_on if self.point else None
        return min(self.today, due) if due else self.today


class ActionFilter(forms.Form):
    """Which things to do to show; the address holds it."""

    bound_field_class = QuietField

    q = forms.CharField(label="Zoek", max_length=80, required=False)
    wie = forms.ChoiceField(label="Wie", choices=[("", "Iedereen"), ("mij", "Ik")], required=False)
    toon = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)

    def narrow(self, points, *, user, today: date):
        """Those that fit: what is open where nothing was asked; what was not understood narrows nothing."""
        self.is_valid()
        facts = self.cleaned_data
        shown = {"laat": points.late(today), "klaar": points.exclude(state=ActionPoint.State.OPEN)}
        points = shown.get(facts.get("toon", ""), points.open())
        if facts.get("wie"):
            points = points.filter(Q(owner_user=user) | Q(owner_contact__email__iexact=user.email))
        for word in facts.get("q", "").split()[:10]:
            said = Q(title__icontains=word) | Q(meeting__title__icontains=word)
            named = Q(owner_user__name__icontains=word) | Q(owner_contact__name__icontains=word)
            points = points.filter(said | named | Q(owner_invitation__name__icontains=word))
        return points
