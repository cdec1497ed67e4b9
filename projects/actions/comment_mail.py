"""What was said about reports, told once a morning: one mail a person, however much was said in however many reports."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from huizen.links import absolute
from huizen.models import Category, House, PlannedMessage, User
from huizen.outbox.kinds import Kind, Letter, Row
from huizen.outbox.morning import next_morning
from huizen.outbox.planning import Plan, Reminder, planned_rows
from huizen.outbox.quiet import BRUSSELS
from huizen.roles import Permission
from projects.actions.people import followers_of, leaders_of
from projects.models import ReviewComment, Visibility

KIND = "project_comments"
#: After so many days nobody needs the mail any more; the comments stand in the portal.
USEFUL = timedelta(days=3)
SHOWN = 200


def tell_in_the_morning(comment: ReviewComment, *, now: datetime) -> None:
    """Plan the mail of the next morning for who reads this and did not write it; once a person a morning."""
    morning = next_morning(now)
    people = {user.pk: user for user in _readers(comment) if user.is_active and user != comment.author}
    PlannedMessage.objects.bulk_create(
        planned_rows(Plan(user, [_reminder(user, morning)], None) for user in people.values()),
        ignore_conflicts=True,
    )


def why_not(row: Row, now: datetime) -> str:
    """Why the mail is no longer wanted; empty when it is."""
    user = User.objects.filter(pk=row.subject_id, is_active=True).first()
    return "" if user and _told(user, row.key).exists() else "er is niets nieuws om te lezen"


def compose(row: Row, now: datetime) -> Letter:
    """Report by report what was said since the morning before."""
    user = User.objects.get(pk=row.subject_id)
    comments = _told(user, row.key).select_related("author", "report__project", "report__period__call")
    told: dict[int, dict] = {}
    for comment in comments.order_by("report_id", "at", "pk"):
        report = comment.report
        facts = {"report": str(report.period), "project": str(report.project), "url": _address(user, comment)}
        said = {"who": str(comment.author or "Iemand"), "text": _short(comment.body)}
        told.setdefault(report.pk, facts | {"said": []})["said"].append(said)
    return Letter("project_comments", {"reports": list(told.values())})


COMMENTS = Kind(name=KIND, why_not=why_not, compose=compose)


def _readers(comment: ReviewComment) -> list[User]:
    project = comment.report.project
    if comment.visibility == Visibility.AGENCY:
        return followers_of(project)
    return [*followers_of(project), *leaders_of(project.house_id)]


def _reminder(user: User, morning: datetime) -> Reminder:
    return Reminder(
        kind=KIND,
        key=f"{KIND}:{user.pk}:{morning.astimezone(BRUSSELS).date()}",
        category=Category.PROJECT,
        recipient=user.email,
        due_at=morning,
        expires_at=morning + USEFUL,
    )


def _told(user: User, key: str):
    """What others said to her in the day before the morning of a key, about the projects that she leads or follows."""
    day = date.fromisoformat(key.rpartition(":")[2])
    since, until = (_morning(day - timedelta(days=1)), _morning(day))
    leads = House.objects.where(user, Permission.WRITE_REPORTS)
    hers = Q(report__project__officer=user) | Q(report__project__house__in=leads)
    rows = ReviewComment.objects.visible_to(user).filter(hers, at__gte=since, at__lt=until)
    return rows.exclude(author=user)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(settings.OUTBOX_MORNING), BRUSSELS)


def _address(user: User, comment: ReviewComment) -> str:
    page = "review_comments" if user.may(Permission.REVIEW_REPORTS) else "report_comments"
    return absolute(reverse(page, args=[comment.report_id]))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
