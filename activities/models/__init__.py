"""What is on offer, when, for whom, and who comes."""

from activities.models.activity import Activity
from activities.models.registration import Participant, Registration
from activities.models.report import Report
from activities.models.schedule import Schedule, Session
from activities.models.translation import ActivityTranslation

__all__ = ["Activity", "ActivityTranslation", "Participant", "Registration", "Schedule", "Session"]
__all__ = ["Activity", "Participant", "Registration", "Report", "Schedule", "Session"]
