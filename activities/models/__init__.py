"""What is on offer, when, for whom, and who comes."""

from activities.models.activity import Activity
from activities.models.draw import Draw
from activities.models.feedback import Feedback
from activities.models.follow import Follow
from activities.models.hold import Hold
from activities.models.registration import Participant, Registration
from activities.models.report import Report
from activities.models.saved import FamilyCalendar, SavedActivity
from activities.models.schedule import Schedule, Session
from activities.models.series import Series, SeriesChild
from activities.models.spot_watch import SpotWatch
from activities.models.translation import ActivityTranslation

__all__ = [
    "Activity",
    "ActivityTranslation",
    "Draw",
    "FamilyCalendar",
    "Feedback",
    "Follow",
    "Hold",
    "Participant",
    "Registration",
    "Report",
    "SavedActivity",
    "Schedule",
    "Series",
    "SeriesChild",
    "Session",
    "SpotWatch",
]
