"""A story of a project: written, put to the agency, shown to everybody, taken away."""

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from huizen.actions.logbook import record
from huizen.actions.uploads import drop, keep
from huizen.models import User
from huizen.words import wall
from projects.actions.story_mail import tell
from projects.flow import step_of
from projects.models import Consent, Project, ReportKind, ReportState, ReportVersion, Story
from projects.report_parts import SUMMARY
from projects.story_flow import STEPS, VERBS, StoryAct, may_with


class StoryError(Exception):
    """Why this cannot be done with a story, in words for who tried."""


def summaries_of(project: Project) -> list[ReportVersion]:
    """The accepted content reports of a project of which no story was made, the newest first (one query)."""
    rows = ReportVersion.objects.filter(
        report__project=project,
        report__period__kind=ReportKind.CONTENT,
        report__state=ReportState.ACCEPTED,
        decisions__kind="accepted",
        stories=None,
    )
    return list(rows.select_related("report__period__call").order_by("-report__period__number", "-number"))


@transaction.atomic
def begin_story(*, project: Project, version: ReportVersion, by: User, now: datetime) -> Story:
    """A draft out of the five lines of an accepted report: each line a paragraph.

    Raises StoryError for a version that was not accepted, or of which there is a story.
    """
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if version not in summaries_of(project):
        raise StoryError("Van dit verslag kan je nu geen verhaal maken.")
    lines = next((part["words"] for part in version.content["parts"] if part["key"] == SUMMARY), "")
    body = "\n\n".join(line.strip() for line in lines.splitlines() if line.strip())
    story = Story.objects.create(
        project=project, title=str(project)[:120], body=body, from_version=version, changed_at=now
    )
    record("story_written", story, by=by, now=now, house=project.house)
    return story


@transaction.atomic
def write_story(
    *,
    story: Story,
    facts: dict[str, Any],
    image: ContentFile | None = None,
    without_image: bool = False,
    by: User,
    now: datetime,
) -> Story:
    """Keep what was written, in a draft alone; `without_image` takes the image away.

    Raises StoryError for what is no draft any more, or an image without a consent for everybody.
    """
    hold(facts.get("consent"))
    row = lock(story) if story.pk else story
    if row.state != Story.State.DRAFT:
        raise StoryError("Dit verhaal is geen ontwerp meer. Neem het eerst terug.")
    verb = "story_changed" if row.pk else "story_written"
    for field, value in facts.items():
        setattr(row, field, value)
    if image or without_image:
        drop(row.image)
        row.image, row.alt_text = "", row.alt_text if image else ""
    if image:
        keep(row.image, image)
    row.changed_at = now
    _check(row, now)
    row.save()
    record(verb, row, by=by, now=now, house=row.project.house)
    return row


@transaction.atomic
def move_story(*, story: Story, act: StoryAct, by: User, now: datetime, remark: str = "") -> Story:
    """Put to the agency, approved, published, taken away: what the table of story_flow.py allows.

    Raises StoryError where it is not possible any more, or a consent no longer holds.
    """
    hold(story.consent)
    row = lock(story)
    step = step_of(STEPS, row.state, act, may_with(row, by))
    if step is None:
        raise StoryError(f"Dat kan niet meer: dit verhaal is {row.get_state_display()}.")
    if act == StoryAct.RETURN and not remark.strip():
        raise StoryError("Zeg wat er anders moet.")
    if step.to in (Story.State.PROPOSED, Story.State.APPROVED, Story.State.PUBLISHED):
        _check(row, now)
    row.state, row.changed_at = step.to, now
    row.remark = remark.strip()[:600] if act in (StoryAct.RETURN, StoryAct.REWORK) else ""
    if act == StoryAct.PUBLISH:
        row.published_on = wall(now).date()
    row.save(update_fields=["state", "changed_at", "remark", "published_on"])
    event = record(VERBS[act], row, by=by, now=now, house=row.project.house, reason=row.remark[:300])
    tell(row, act, event, now=now)
    return row


@transaction.atomic
def remove_story(*, story: Story, by: User, now: datetime) -> None:
    """Throw a draft away. Raises StoryError for what is more than that."""
    row = lock(story)
    if row.state not in (Story.State.DRAFT, Story.State.WITHDRAWN):
        raise StoryError("Haal het verhaal eerst van het portaal.")
    drop(row.image)
    record("removed", row, by=by, now=now, house=row.project.house)
    row.delete()


def hold(consent: Consent | None) -> None:
    """Nobody takes this consent back meanwhile. Before the story is locked: withdrawing goes in that order too."""
    if consent:
        Consent.objects.select_for_update().get(pk=consent.pk)


def lock(story: Story) -> Story:
    """The story as it is now; who else wants to change it waits. Raises StoryError when it is gone."""
    rows = Story.objects.select_for_update(of=("self",)).select_related(
        "project__house", "project__officer", "consent"
    )
    try:
        return rows.get(pk=story.pk)
    except Story.DoesNotExist as error:
        raise StoryError("Iemand gooide dit verhaal intussen weg.") from error


def _check(story: Story, now: datetime) -> None:
    """Whoever is shown agreed, today, to be shown to everybody."""
    if story.image and (story.consent is None or not story.alt_text):
        raise StoryError("Kies bij het beeld een toestemming, en zeg wat erop staat.")
    if story.consent_id is None:
        return
    held = Consent.objects.get(pk=story.consent_id)
    if held.purpose != Consent.Purpose.PUBLIC or not held.stands(wall(now).date()):
        raise StoryError("De toestemming geldt niet, of niet voor het portaal. Kies een andere.")
