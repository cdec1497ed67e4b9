"""What an officer and a coordinator of the demo say about the report that waits: one thread that both read, one that only the agency does."""

from datetime import timedelta

from demo.network.people import COORDINATOR
from demo.network.world import World, mail
from huizen.models import User
from projects.actions.comment import comment, reply, settle
from projects.models import ProgressReport, ReportState, Visibility

AGO = timedelta(days=3)


def make_report_talk(world: World, users: dict[str, User]) -> int:
    """Comments on a report of the invented programme that waits for the agency; gives how many threads."""
    writer, officer = users[COORDINATOR.email], users[mail("opgroeien")]
    waiting = ProgressReport.objects.writable_by(writer).filter(
        state=ReportState.SUBMITTED, project__call__title__contains="verzonnen"
    )
    report = waiting.order_by("pk").first()
    then = world.now - AGO
    about = {"report": report, "part": "summary", "by": officer, "now": then}
    shared = comment(
        body="Mooi dat buren het voortvertelden (voorbeeld). Hoe weten jullie dat?",
        visibility=Visibility.SHARED,
        **about,
    )
    reply(
        thread=shared,
        body="We vroegen het bij de koffie (voorbeeld).",
        by=writer,
        now=then + timedelta(hours=5),
    )
    comment(
        body="Vergelijken met het andere voorbeeldproject (voorbeeld).", visibility=Visibility.AGENCY, **about
    )
    done = comment(
        body="Dank voor de snelle verbetering (voorbeeld).",
        visibility=Visibility.SHARED,
        **(about | {"part": ""}),
    )
    settle(thread=done, settled=True, by=writer, now=then + timedelta(hours=6))
    return 3
