"""The network itself: houses, places, people, and the ground that all other apps stand on."""

from huizen.models.concept import Concept, SearchPhrase
from huizen.models.holiday import Holiday
from huizen.models.house import House, WorkingArea
from huizen.models.link_check import LinkCheck
from huizen.models.location import Fact, Location, OpeningException, OpeningHours
from huizen.models.logbook import Event
from huizen.models.mailbox import DeliveryEvent, Preference, Suppression
from huizen.models.outbox import Category, Channel, DeliveryAttempt, Message, PlannedMessage
from huizen.models.person import Invitation, Membership, User
from huizen.models.place import Locality, Municipality, PlaceAlias
from huizen.models.sheet import SheetImport, SheetLine, SheetLineQuerySet
from huizen.models.translation import HouseTranslation, Translation

__all__ = [
    "Category",
    "Channel",
    "Concept",
    "DeliveryAttempt",
    "DeliveryEvent",
    "Event",
    "Fact",
    "Holiday",
    "House",
    "HouseTranslation",
    "Invitation",
    "LinkCheck",
    "Locality",
    "Location",
    "Membership",
    "Message",
    "Municipality",
    "OpeningException",
    "OpeningHours",
    "PlaceAlias",
    "PlannedMessage",
    "Preference",
    "SearchPhrase",
    "SheetImport",
    "SheetLine",
    "SheetLineQuerySet",
    "Suppression",
    "Translation",
    "User",
    "WorkingArea",
]
