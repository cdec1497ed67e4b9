"""The editor of an activity: what parents will read, in the order in which they ask for it."""

from collections.abc import Iterator
from datetime import date

from django import forms
from django.db.models import Q

from activities.forms.fields import AgeField, EuroField
from activities.forms.seen import SeenActivityForm
from activities.models import Activity
from activities.models.activity import LANGUAGES
from activities.offer_facts import put_facts
from huizen.models import House, Location, User
from huizen.readability import Readability, readability
from huizen.roles import Permission
from huizen.vocabulary import AGE_MAX, AGE_MIN, Element, LifeDomain, OfferType
from partners.models import Contact, Organisation, Partnership

Mode, Channel = Activity.RegistrationMode, Activity.Channel

#: The parts of the form: a heading, its fields, and whether it is open from the start.
PARTS = (
    (
        "Wat is het?",
        (
            "house",
            "organiser",
            "audience",
            "title",
            "summary",
            "offer_type",
            "element",
            "description",
            "plain",
        ),
        True,
    ),
    ("Voor wie?", ("age_min", "age_max", "dutch", "languages", "siblings"), True),
    ("Waar?", ("location", "indoor"), True),
    ("Wat kost het?", ("price_kind", "price_cents", "reduced_rate"), True),
    (
        "Inschrijven of gewoon binnenlopen?",
        (
            "registration_mode",
            "channels",
            "phone",
            "email",
            "capacity",
            "counts",
            "asks_birth_month",
            "closes_hours",
        ),
        True,
    ),
    ("Nog meer", ("welcome", "bring", "childcare", "life_domains", "keeper"), False),
)


class OfferForm(SeenActivityForm):
    """An activity. What the person may choose depends on who she is: her Houses, their places and partners."""

    mended_at = {
        "activity_ages": "age_min",
        "activity_paid_has_price": "price_cents",
        "activity_free_has_no_price": "price_cents",
        "activity_drop_in_has_no_channel": "channels",
        "activity_capacity": "capacity",
        "activity_professionals_bring_no_children": "audience",
    }
    required_css_class = "is-required"

    element = forms.ChoiceField(
        label="Onder welke deur",
        required=False,
        choices=[("", "Wat bij de soort past"), *Element.choices],
    )
    age_min = AgeField(
        label="Vanaf",
        unlimited=AGE_MIN,
        help_text="Bijvoorbeeld: zwanger, 6 maanden, 2,5 jaar. Leeg: geen grens.",
    )
    age_max = AgeField(label="Tot en met", unlimited=AGE_MAX)
    price_cents = EuroField(label="Hoeveel euro", help_text="Alleen als het betalend is. Bijvoorbeeld: 3,50.")
    languages = forms.MultipleChoiceField(
        label="Welke talen spreken we", required=False, choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    channels = forms.MultipleChoiceField(
        label="Hoe schrijf je in",
        required=False,
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    life_domains = forms.MultipleChoiceField(
        label="Waarover gaat het",
        required=False,
        choices=LifeDomain.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Activity
        fields = [name for _, names, _ in PARTS for name in names]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "plain": forms.Textarea(attrs={"rows": 4}),
            "dutch": forms.RadioSelect,
            "price_kind": forms.RadioSelect,
            "registration_mode": forms.RadioSelect,
        }
        help_texts = {
            "summary": "Eén korte zin. Die staat in de lijst.",
            "plain": "Hetzelfde in heel korte zinnen, voor wie weinig Nederlands kent. Mag leeg.",
            "capacity": "Leeg: er is geen grens.",
            "closes_hours": "0: inschrijven kan tot het begint.",
            "welcome": "Bijvoorbeeld: Fatima en Els van het inloopteam.",
            "keeper": "Aan wie vragen we of het nog klopt? Ouders zien dit niet.",
        }

    def __init__(self, *args, user: User, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        self._limit_choices()
        # What was not sent stays: offer is for families unless somebody says otherwise.
        self.fields["audience"].required = False
        self.fields["organiser"].empty_label = "Het Huis zelf"
        self.fields["location"].empty_label = "Geen vaste plek"
        self.fields["offer_type"].choices = [("", "Kies een soort"), *OfferType.choices]
        self.fields["keeper"].empty_label = "Wie de organisatie bijhoudt, of anders het Huis"
        self.fields["keeper"].label_from_instance = lambda one: f"{one.name} ({one.organisation})"

    def _limit_choices(self) -> None:
        houses = House.objects.where(self.user, Permission.EDIT_OFFER).order_by("name")
        self.fields["house"].queryset = houses
        mine = self.user.houses_where(Permission.EDIT_OFFER)
        if len(mine) == 1:
            self.initial.setdefault("house", mine[0].pk)
            self.fields["house"].widget = forms.HiddenInput()
        self.fields["location"].queryset = Location.objects.filter(
            Q(is_active=True) | Q(pk=self.instance.location_id), house__in=houses
        ).order_by("house", "name")
        organisers = self._organisers(houses)
        self.fields["organiser"].queryset = organisers.order_by("name")
        self.fields["keeper"].queryset = (
            Contact.objects.filter(organisation__in=organisers)
            .select_related("organisation")
            .order_by("organisation__name", "name", "pk")
        )

    def _organisers(self, houses):
        """The partners of the Houses where she publishes, and the organisations that she edits herself."""
        publishes = House.objects.where(self.user, Permission.PUBLISH_OFFER)
        partners = Partnership.objects.on(self.today).filter(house__in=publishes).values("organisation")
        own = Q(editors__user=self.user, editors__ended_at=None)
        kept = Q(pk=self.instance.organiser_id)
        return Organisation.objects.filter(Q(pk__in=partners) | own | kept).distinct()

    @property
    def parts(self):
        """The headings with their fields, for the template; a part with a mistake is open."""
        for title, names, is_open in PARTS:
            fields = [self[name] for name in names if not self[name].is_hidden]
            yield title, fields, is_open or any(field.errors for field in fields)

    def readability(self) -> list[tuple[str, Readability]]:
        """How easy its texts read as they stand in the form, under the words for each; texts left empty say nothing."""
        normal = "\n".join(filter(None, (self["summary"].value(), self["description"].value())))
        texts = (("De tekst", normal), ("In gewone woorden", self["plain"].value() or ""))
        return [(label, readability(text)) for label, text in texts if text.strip()]

    def shown(self) -> Activity:
        """The activity as far as the form tells it, for its card; what is wrong or missing stays as it was."""
        if self.is_bound:
            self.is_valid()
        elif not self.instance.pk:
            return put_facts(Activity(), self.initial)
        return self.instance

    def clean(self):
        facts = super().clean()
        self._fill_in(facts)
        self._leave_children_out(facts)
        self._check_house(facts)
        self._check_keeper(facts)
        self._check_channels(facts)
        return facts

    def _fill_in(self, facts: dict) -> None:
        """What follows from the kind of offer, where nothing else was said."""
        if facts.get("offer_type") not in OfferType.values:
            return
        usual = OfferType(facts["offer_type"]).facts
        facts["element"] = facts.get("element") or usual.element
        self.instance.pillar = usual.pillar
        untouched = (facts.get("age_min"), facts.get("age_max")) == (AGE_MIN, AGE_MAX)
        if untouched and not self.instance.pk:
            facts["age_min"], facts["age_max"] = usual.age_min, usual.age_max

    def _leave_children_out(self, facts: dict) -> None:
        """Professionals come by themselves."""
        if facts.get("audience") == Activity.Audience.PROFESSIONALS:
            facts["counts"], facts["asks_birth_month"] = Activity.Counts.PERSONS, False

    def _check_house(self, facts: dict) -> None:
        house, location, organiser = (facts.get(name) for name in ("house", "location", "organiser"))
        if not house:
            return
        if location and location.house_id != house.pk:
            self.add_error("location", f"Deze plek hoort niet bij {house}.")
        if house in self.user.houses_where(Permission.PUBLISH_OFFER):
            if organiser and not self._is_partner(organiser, house):
                self.add_error("organiser", f"Deze organisatie is geen partner van {house}.")
        elif not organiser or not organiser.editors.filter(user=self.user, ended_at=None).exists():
            self.add_error("organiser", "Kies je eigen organisatie.")

    def _check_keeper(self, facts: dict) -> None:
        keeper = facts.get("keeper")
        if keeper and keeper.organisation_id != getattr(facts.get("organiser"), "pk", None):
            self.add_error("keeper", "Kies iemand van de organisatie die je als organisator koos.")

    def _is_partner(self, organiser: Organisation, house: House) -> bool:
        stays = (self.instance.organiser_id, self.instance.house_id) == (organiser.pk, house.pk)
        return (
            stays or Partnership.objects.on(self.today).filter(organisation=organiser, house=house).exists()
        )

    def _check_channels(self, facts: dict) -> None:
        for name, sentence in reach_faults(facts, facts.get("house")):
            if name not in self.errors:
                self.add_error(name, sentence)


def reach_faults(facts: dict, house: House | None) -> Iterator[tuple[str, str]]:
    """What is missing to sign up as the facts of an offer say: the field, and a sentence for who writes it."""
    channels, mode = facts.get("channels") or [], facts.get("registration_mode")
    if mode and mode != Mode.NONE and not channels:
        yield "channels", "Zeg hoe je inschrijft of een afspraak maakt."
    for channel, name, words in (
        (Channel.PHONE, "phone", "telefoonnummer"),
        (Channel.EMAIL, "email", "e-mailadres"),
    ):
        if channel in channels and not (facts.get(name) or (house and getattr(house, name))):
            yield name, f"Geef een {words}: het Huis heeft er geen."
