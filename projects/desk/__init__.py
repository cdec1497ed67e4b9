"""The desk of the agency: every project on one line, as it stands now or as it stood on a day."""

from projects.desk.line import BADGES, Line, View
from projects.desk.lines import days_waited, lines_of, with_reports
from projects.desk.moment import Now, Then

__all__ = ["BADGES", "Line", "Now", "Then", "View", "days_waited", "lines_of", "with_reports"]
