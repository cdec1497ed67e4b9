"""What belongs to an organisation, told by every app that points to one.

Merging two organisations moves it, and taking an import back stops at it. A test holds that nothing that points to an
organisation is left out.
"""

from dataclasses import dataclass

from django.db.models import Model, QuerySet

from huizen.words import count
from partners.models import (
    Contact,
    Editor,
    EditorInvitation,
    GroupMember,
    ImportLine,
    MeetingInvitation,
    Organisation,
    OrganisationMerge,
    PartnerNote,
    Partnership,
    PollVoter,
    Resource,
)


@dataclass(frozen=True)
class Belonging:
    """One kind of thing: its model, the field that points to an organisation, its words, and the way to its House
    ("": none). `told`: whether people are told of it, or it is only a trace.
    """

    model: type[Model]
    field: str
    one: str
    many: str
    house: str = ""
    told: bool = True

    @property
    def label(self) -> str:
        """The name under which a merge remembers what it moved."""
        return f"{self.model._meta.label_lower}.{self.field}"

    def of(self, organisation: Organisation) -> QuerySet:
        """What belongs to an organisation."""
        return self.model._default_manager.filter(**{self.field: organisation})

    def words(self, number: int) -> str:
        """ "2 activiteiten"."""
        return count(number, self.one, self.many)


#: What this app itself hangs on an organisation.
PARTNERSHIPS = Belonging(Partnership, "organisation", "partnerschap", "partnerschappen", "house")
CONTACTS = Belonging(Contact, "organisation", "contactpersoon", "contactpersonen")
#: What is only a trace, and keeps nothing from being taken back.
LINES = Belonging(ImportLine, "organisation", "lijn van een invoer", "lijnen van een invoer", told=False)
MERGES = Belonging(OrganisationMerge, "organisation", "samenvoeging", "samenvoegingen", told=False)
OWN = (
    PARTNERSHIPS,
    Belonging(Editor, "organisation", "redacteur", "redacteurs"),
    CONTACTS,
    LINES,
    Belonging(EditorInvitation, "organisation", "uitnodiging", "uitnodigingen", "house"),
    Belonging(
        MeetingInvitation,
        "organisation",
        "vraag voor een overleg",
        "vragen voor een overleg",
        "meeting__house",
    ),
    Belonging(GroupMember, "organisation", "lid van een groep", "leden van groepen", "group__house"),
    Belonging(PollVoter, "organisation", "vraag naar een datum", "vragen naar een datum", "poll__house"),
    Belonging(Resource, "organisation", "bron", "bronnen", "house"),
    Belonging(PartnerNote, "organisation", "notitie", "notities", "house"),
    MERGES,
)

_belongings: list[Belonging] = []


def register(*belongings: Belonging) -> None:
    """Tell of more kinds of things that belong to organisations; called by an app's `ready()`."""
    _belongings.extend(belongings)


def all_belongings() -> list[Belonging]:
    """Every kind of thing that belongs to organisations."""
    return list(_belongings)
