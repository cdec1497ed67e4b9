"""What is on offer, when, for whom, and who comes."""

from activities.models.activity import Activity
from activities.models.attendance import Attendance, Came, Headcount, Visit
from activities.models.broadcast import Broadcast, BroadcastText
from activities.models.check import CheckLetter, CheckQuestion
from activities.models.draw import Draw
from activities.models.feedback import Feedback
from activities.models.follow import Follow
from activities.models.hold import Hold
from activities.models.offer_import import OfferImport, OfferLine
from activities.models.outside_calendar import OutsideCalendar, OutsideEvent
from activities.models.proposal import Proposal
from activities.models.referral import Referral, ReferralItem, ReferralSheet
from activities.models.registration import Participant, Registration
from activities.models.report import Report
from activities.models.saved import FamilyCalendar, SavedActivity
from activities.models.schedule import Schedule, Session
from activities.models.series import Series, SeriesChild
from activities.models.spot_watch import SpotWatch
from activities.models.support_track import SupportTrack
from activities.models.template import ActivityTemplate
from activities.models.translation import ActivityTranslation
from activities.models.version import ActivityVersion

__all__ = [
    "Activity",
    "ActivityTemplate",
    "ActivityTranslation",
    "ActivityVersion",
    "Attendance",
    "Broadcast",
    "BroadcastText",
    "Came",
    "CheckLetter",
    "CheckQuestion",
    "Draw",
    "FamilyCalendar",
    "Feedback",
    "Follow",
    "Headcount",
    "Hold",
    "OfferImport",
    "OfferLine",
    "OutsideCalendar",
    "OutsideEvent",
    "Participant",
    "Proposal",
    "Referral",
    "ReferralItem",
    "ReferralSheet",
    "Registration",
    "Report",
    "SavedActivity",
    "Schedule",
    "Series",
    "SeriesChild",
    "Session",
    "SpotWatch",
    "SupportTrack",
    "Visit",
]
