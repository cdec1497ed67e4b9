"""What is on offer, when, for whom, and who comes."""

from activities.models.activity import Activity
from activities.models.follow import Follow
from activities.models.feedback import Feedback
from activities.models.hold import Hold
from activities.models.registration import Participant, Registration
from activities.models.report import Report
from activities.models.schedule import Schedule, Session
from activities.models.translation import ActivityTranslation
from activities.models.series import Series, SeriesChild
from activities.models.spot_watch import SpotWatch

__all__ = ["Activity", "ActivityTranslation", "Participant", "Registration", "Schedule", "Session"]
__all__ = ["Activity", "Participant", "Registration", "Report", "Schedule", "Session"]
from activities.models.saved import FamilyCalendar, SavedActivity
from activities.models.schedule import Schedule, Session

__all__ = [
    "Activity",
    "FamilyCalendar",
    "Follow",
    "Participant",
    "Registration",
    "SavedActivity",
    "Schedule",
    "Session",
__all__ = [
    "Activity",
    "Feedback",
    "Hold",
    "Participant",
    "Registration",
    "Schedule",
    "Series",
    "SeriesChild",
    "Session",
    "SpotWatch",
]
