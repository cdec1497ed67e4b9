"""What partners propose in the demo: a change that waits, one with a question back, new offer; versions and templates."""

from datetime import timedelta

from activities.models import Activity, ActivityTemplate, ActivityVersion, Proposal
from activities.offer_facts import FIELDS, RULES, facts_of, snapshot
from demo.network.houses import BALDEMORE, Home
from demo.network.people import EDITOR, EDITS
from demo.network.world import World
from huizen.models import User

#: What the library wants to change in two of its offers; the second has a question of the coordinator.
CHANGES = (
    {"summary": "{} Er is ook iets te drinken.", "bring": "Een tas voor de boeken."},
    {"age_max": 72, "welcome": "Een medewerker van de bibliotheek"},
)
QUESTION = "Mag een kind van zes jaar dan nog mee met een jongere broer of zus?"
TEMPLATES = ("Speelnamiddag op woensdag", "Babymassage")


def make_proposals(world: World, homes: list[Home], users: dict[str, User]) -> int:
    """In Baldemore all of it; gives how many proposals came in."""
    house = next(home.house for home in homes if home.area.name == BALDEMORE)
    offer = Activity.objects.filter(house=house).select_related("house")
    editor = users[EDITOR.email]
    rows = [*_changes(world, offer, editor), *_new_offer(editor)]
    _templates(offer)
    return len(Proposal.objects.bulk_create(rows))


def _changes(world: World, offer, editor: User) -> list[Proposal]:
    """Two published offers are of the library, with how they were a month ago."""
    library = editor.editorships.get(organisation__name=EDITS).organisation
    chosen = offer.filter(status=Activity.Status.PUBLISHED, capacity=None).exclude(title__in=TEMPLATES)
    rows = []
    for number, (activity, facts) in enumerate(zip(chosen.order_by("-pk"), CHANGES, strict=False)):
        activity.organiser = library
        activity.save(update_fields=["organiser"])
        _versions(activity, editor)
        present = facts_of(activity)
        facts = (
            facts | {"summary": facts["summary"].format(activity.summary)} if "summary" in facts else facts
        )
        rows.append(
            Proposal(
                activity=activity,
                facts=facts,
                base={name: present[name] for name in facts},
                by=editor,
                at=world.now - timedelta(hours=3 + 20 * number),
                state=Proposal.State.ASKED if number else Proposal.State.WAITING,
                question=QUESTION if number else "",
            )
        )
    return rows


def _versions(activity: Activity, editor: User) -> None:
    facts = snapshot(activity)
    earlier = facts | {"title": f"{activity.title} (op proef)", "bring": "Niets."}
    ActivityVersion.objects.bulk_create(
        [
            ActivityVersion(
                activity=activity, facts=earlier, by=editor, at=activity.changed_at - timedelta(days=30)
            ),
            ActivityVersion(activity=activity, facts=facts, by=editor, at=activity.changed_at),
        ]
    )


def _new_offer(editor: User) -> list[Proposal]:
    """Every offer of the demo that is proposed, waits for somebody."""
    proposed = Activity.objects.filter(status=Activity.Status.PROPOSED).order_by("pk")
    return [Proposal(activity=activity, by=editor, at=activity.changed_at) for activity in proposed]


def _templates(offer) -> None:
    found = {activity.title: activity for activity in offer.filter(title__in=TEMPLATES)}
    ActivityTemplate.objects.bulk_create(
        ActivityTemplate(house=activity.house, name=title, facts=_without_days(activity))
        for title, activity in sorted(found.items())
    )


def _without_days(activity: Activity) -> dict:
    facts = snapshot(activity)
    rules = [
        {name: rule[name] for name in ("kind", "starts_at", "ends_at", "weekdays", "every_weeks", "nths")}
        for rule in facts[RULES]
    ]
    return {name: facts[name] for name in FIELDS if name != "house"} | {RULES: rules}
