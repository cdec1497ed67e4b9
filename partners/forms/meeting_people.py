"""Who is asked: contacts of partners, whole organisations, coordinators of the network, and whoever has an address."""

from django import forms
from django.db.models import Q

from partners.actions.invitee import Invitee, asked_as_a_whole
from partners.forms.rows import QuietField
from partners.models import Contact, GroupMember, Organisation
from partners.models.meeting_group import coordinators

Reach = GroupMember.Reach


class GuestForm(forms.Form):
    """Somebody to ask who is no contact of a partner."""

    bound_field_class = QuietField

    name = forms.CharField(label="Naam", max_length=120, required=False)
    email = forms.EmailField(label="E-mailadres", max_length=254, required=False)

    def clean(self):
        facts = super().clean()
        for given, missing, sentence in (
            ("name", "email", "Vul ook het e-mailadres in."),
            ("email", "name", "Vul ook de naam in."),
        ):
            if facts.get(given) and not facts.get(missing) and missing not in self.errors:
                self.add_error(missing, sentence)
        return facts


class GuestFormSet(forms.BaseFormSet):
    """Rows for people who are no contact of a partner."""

    legend = "Iemand anders"

    @property
    def invitees(self) -> list[Invitee]:
        """The rows that were filled in."""
        rows = [row.cleaned_data for row in self.forms if row.cleaned_data.get("email")]
        return [Invitee(row["name"], row["email"]) for row in rows]


GuestForms = forms.formset_factory(
    GuestForm, formset=GuestFormSet, extra=2, max_num=60, absolute_max=80, validate_max=True
)


class ContactsForm(forms.Form):
    """Which contacts of the House's partners are asked: a tick each, by organisation."""

    without_summary = True
    bound_field_class = QuietField

    contacts = forms.MultipleChoiceField(
        label="Contactpersonen van partners", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, house, asked=frozenset(), **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(contact.pk): contact for contact in reachable_contacts(house, asked)}
        by_organisation: dict[str, list] = {}
        for pk, contact in self.known.items():
            words = f"{contact.name}, {contact.function}" if contact.function else contact.name
            by_organisation.setdefault(contact.organisation.name, []).append(
                (pk, f"{words} ({contact.email})")
            )
        self.fields["contacts"].choices = list(by_organisation.items())

    @property
    def invitees(self) -> list[Invitee]:
        """Who was ticked."""
        contacts = [self.known[pk] for pk in self.cleaned_data["contacts"]]
        return [Invitee(contact.name, contact.email, contact) for contact in contacts]


def reachable_contacts(house, asked=frozenset()):
    """The contacts of a House's present partners that have an address and were not asked yet."""
    contacts = Contact.objects.filter(
        organisation__partnerships__house=house, organisation__partnerships__until=None
    ).exclude(email="")
    rows = contacts.select_related("organisation").order_by("organisation__name", "name", "pk").distinct()
    return [contact for contact in rows if contact.email.lower() not in asked]


class CoordinatorsForm(forms.Form):
    """Which coordinators are asked for a meeting of the whole network."""

    without_summary = True
    bound_field_class = QuietField

    contacts = forms.MultipleChoiceField(
        label="Coördinatoren van de Huizen", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, asked=frozenset(), **kwargs):
        super().__init__(*args, **kwargs)
        rows = coordinators().exclude(email__in=asked).order_by("name", "email")
        self.known = {str(user.pk): user for user in rows}
        self.fields["contacts"].choices = [(pk, f"{user} ({user.email})") for pk, user in self.known.items()]

    @property
    def invitees(self) -> list[Invitee]:
        """Who was ticked."""
        users = [self.known[pk] for pk in self.cleaned_data["contacts"]]
        return [Invitee(str(user), user.email) for user in users]


class OrganisationsForm(forms.Form):
    """Partners that are asked as a whole: one address that chooses who comes, or all their contacts."""

    without_summary = True
    bound_field_class = QuietField

    choosing = forms.ModelMultipleChoiceField(
        label="Vraag de organisatie: zij kiest wie komt",
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    whole = forms.ModelMultipleChoiceField(
        label="Vraag alle contactpersonen van",
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, house, **kwargs):
        super().__init__(*args, **kwargs)
        partners = Organisation.objects.filter(partnerships__house=house, partnerships__until=None)
        reached = Organisation.objects.filter(pk__in=Contact.objects.exclude(email="").values("organisation"))
        partners = partners.distinct().order_by("name", "pk")
        self.fields["choosing"].queryset = partners.filter(~Q(email="") | Q(pk__in=reached.values("pk")))
        self.fields["whole"].queryset = partners.filter(pk__in=reached.values("pk"))

    @property
    def has_partners(self) -> bool:
        """Whether there is one to ask (a query)."""
        return self.fields["choosing"].queryset.exists()

    @property
    def chosen(self) -> list[tuple[Organisation, str]]:
        """The organisations, each with how it is asked."""
        choosing = [(each, Reach.CHOOSES) for each in self.cleaned_data["choosing"]]
        return choosing + [(each, Reach.ALL) for each in self.cleaned_data["whole"]]

    @property
    def invitees(self) -> list[Invitee]:
        """Who is asked for a meeting."""
        return [one for organisation, reach in self.chosen for one in asked_as_a_whole(organisation, reach)]
