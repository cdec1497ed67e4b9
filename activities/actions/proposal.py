"""What a partner's editor proposes: made, asked about, answered, taken back, not approved. Parents read on meanwhile."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from activities.actions.approval import decides
from activities.models import Activity, Proposal
from activities.offer_facts import Facts, differs, snapshot
from huizen.actions.logbook import record
from huizen.links import absolute
from huizen.models import Category, User
from huizen.outbox.queue import queue_message

State, Status = Proposal.State, Activity.Status


class ProposalError(Exception):
    """This cannot be done with the proposal now; the text is a sentence for who tried."""


def propose(*, activity: Activity, facts: Facts, by: User, now: datetime) -> Proposal | None:
    """Keep what somebody wants to change in an offer (locked, as parents read it), beside the offer.

    `facts` are what she typed; what is in an open proposal about other fields stays in it. None where nothing
    would change any more: an open proposal is then taken back.
    """
    stored = snapshot(activity) | _translations(activity, facts)
    open_one = open_proposal(activity)
    kept = {name: value for name, value in (open_one.facts if open_one else {}).items() if name not in facts}
    changed = {name: value for name, value in facts.items() if differs(name, stored.get(name), value)}
    if not kept and not changed:
        if open_one:
            _close(open_one, State.TAKEN_BACK, by=by, now=now)
        return None
    proposal = open_one or Proposal(activity=activity)
    base = {name: proposal.base.get(name) for name in kept} | {name: stored.get(name) for name in changed}
    return _wait(proposal, facts=kept | changed, base=base, by=by, now=now)


def propose_new(*, activity: Activity, by: User, now: datetime) -> Proposal:
    """Ask the coordinator to put an offer online that parents do not read; once, however often it is changed."""
    return _wait(open_proposal(activity) or Proposal(activity=activity), facts={}, base={}, by=by, now=now)


def open_proposal(activity: Activity) -> Proposal | None:
    """The proposal of an offer that nobody decided on yet."""
    return activity.proposals.open().first()


def close_open(*, activity: Activity, state: str, by: User, now: datetime) -> None:
    """Close what waits for a decision because the offer itself went online, offline or away."""
    if proposal := open_proposal(activity):
        _close(proposal, state, by=by, now=now)


@transaction.atomic
def ask_back(*, proposal: Proposal, question: str, by: User, now: datetime) -> Proposal:
    """Ask the editor something about her proposal; she gets it by mail. Raises ProposalError."""
    proposal = locked(proposal)
    must_decide(proposal, by)
    proposal.state, proposal.question, proposal.answer = State.ASKED, question, ""
    proposal.save(update_fields=["state", "question", "answer"])
    _log("asked_back", proposal, by=by, now=now, reason=question)
    _mail(proposal, "proposal_question", now=now, question=question)
    return proposal


@transaction.atomic
def answer(*, proposal: Proposal, text: str, by: User, now: datetime) -> Proposal:
    """Answer the coordinator's question: the proposal waits for her again. Raises ProposalError."""
    proposal = locked(proposal)
    if proposal.state != State.ASKED:
        raise ProposalError("Er is geen vraag meer over dit voorstel.")
    proposal.state, proposal.answer, proposal.at = State.WAITING, text, now
    proposal.save(update_fields=["state", "answer", "at"])
    _log("answered", proposal, by=by, now=now)
    return proposal


@transaction.atomic
def decline(*, proposal: Proposal, reason: str, by: User, now: datetime) -> Proposal:
    """Say no, with the reason; parents read on what they read. A new offer becomes a draft. Raises ProposalError."""
    proposal = locked(proposal)
    must_decide(proposal, by)
    proposal.reason = reason
    _close(proposal, State.DECLINED, by=by, now=now)
    _to_draft(proposal, now=now)
    _log("declined", proposal, by=by, now=now, reason=reason)
    _mail(proposal, "proposal_declined", now=now, reason=reason)
    return proposal


@transaction.atomic
def take_back(*, proposal: Proposal, by: User, now: datetime) -> Proposal:
    """The editor does not want it any more. Raises ProposalError where it is decided already."""
    proposal = locked(proposal)
    _refuse_decided(proposal)
    _close(proposal, State.TAKEN_BACK, by=by, now=now)
    _to_draft(proposal, now=now)
    _log("took_proposal_back", proposal, by=by, now=now)
    return proposal


def approved(proposal: Proposal, *, by: User, now: datetime) -> None:
    """Note that it was approved, and tell the editor. What it changes is in activities/actions/approve.py."""
    _close(proposal, State.APPROVED, by=by, now=now)
    _log("approved", proposal, by=by, now=now)
    _mail(proposal, "proposal_approved", now=now)


def locked(proposal: Proposal) -> Proposal:
    """The proposal as it is now, after the lock on its activity: whoever changes an offer takes that one first."""
    activity = Activity.objects.select_for_update(of=("self",)).select_related("house")
    offer = activity.get(pk=proposal.activity_id)
    found = Proposal.objects.select_for_update(of=("self",)).select_related("by").get(pk=proposal.pk)
    found.activity = offer
    return found


def must_decide(proposal: Proposal, by: User) -> None:
    """Raises ProposalError for who does not decide in the House, and where somebody decided already."""
    if not decides(by, proposal.activity.house):
        raise ProposalError("De coördinator van het Huis beslist hierover.")
    _refuse_decided(proposal)


def _refuse_decided(proposal: Proposal) -> None:
    if not proposal.is_open:
        raise ProposalError(f"Over dit voorstel is al beslist: {proposal.get_state_display()}.")


def _wait(proposal: Proposal, *, facts: Facts, base: Facts, by: User, now: datetime) -> Proposal:
    proposal.facts, proposal.base, proposal.by, proposal.at = facts, base, by, now
    proposal.state = State.WAITING
    proposal.save()
    _log("proposed", proposal, by=by, now=now)
    return proposal


def _close(proposal: Proposal, state: str, *, by: User, now: datetime) -> None:
    proposal.state, proposal.decided_at, proposal.decided_by = state, now, by
    proposal.save(update_fields=["state", "reason", "decided_at", "decided_by"])


def _to_draft(proposal: Proposal, *, now: datetime) -> None:
    """A new offer that is not to come stays for who made it."""
    activity = proposal.activity
    if activity.status == Status.PROPOSED:
        activity.status, activity.changed_at = Status.DRAFT, now
        activity.save(update_fields=["status", "changed_at"])


def _translations(activity: Activity, facts: Facts) -> Facts:
    """What the offer says now in the languages that a proposal is about."""
    codes = [name.partition(":")[2] for name in facts if ":" in name]
    rows = activity.translations.filter(language__in=codes) if codes else ()
    return {f"translation:{row.language}": {name: getattr(row, name) for name in row.FIELDS} for row in rows}


def _log(verb: str, proposal: Proposal, *, by: User, now: datetime, reason: str = "") -> None:
    activity = proposal.activity
    record(verb, activity, by=by, now=now, house=activity.house, reason=reason[:300])


def _mail(proposal: Proposal, template: str, *, now: datetime, **more: str) -> None:
    """To who proposed it, with the way to its page."""
    if proposal.by is None:
        return
    link = absolute(reverse("proposal_detail", args=[proposal.pk]))
    activity = proposal.activity
    queue_message(
        key=f"proposal:{proposal.pk}:{template}:{now.isoformat()}",
        category=Category.CHANGE,
        recipient=proposal.by.email,
        template=template,
        context={"title": activity.title, "house": activity.house.name, "link": link, **more},
        now=now,
        subject=proposal,
        house=activity.house,
    )
