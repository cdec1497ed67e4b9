"""Which meetings belong to a project, and what was agreed there to do."""

from django.db.models import Q, QuerySet

from partners.models import ActionPoint, Meeting
from projects.models import Project


def meetings_of(project: Project) -> QuerySet[Meeting]:
    """Those of the group that meets about it, and those that were chosen one by one."""
    mine = Q(pk__in=project.meetings.values("pk"))
    if project.meeting_group_id:
        mine |= Q(group=project.meeting_group_id)
    return Meeting.objects.filter(mine)


def actions_of(project: Project) -> QuerySet[ActionPoint]:
    """What was agreed at one of its meetings, and what was agreed for it outside a meeting."""
    chosen = Q(pk__in=project.action_points.values("pk"))
    return ActionPoint.objects.filter(chosen | Q(meeting__in=meetings_of(project)))
