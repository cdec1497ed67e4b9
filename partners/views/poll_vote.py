"""Saying when you can, by the link in the mail: opening it shows, the button answers."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huizen.access import public
from huizen.links import BadLinkError, read
from partners.actions.date_poll import PollError, vote
from partners.forms.date_poll import VoteForm
from partners.models import PollVoter
from partners.poll_letter import VOTE
from partners.views.poll_table import table_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
def poll_vote(request, token):
    """The moments, with yes, if needed and no for each."""
    voter = _voter_behind(token)
    if voter is None:
        return render(request, "link_bad.html", status=404)
    poll = voter.poll
    options = list(poll.options.prefetch_related("votes").order_by("starts_at"))
    sent = request.method == "POST"
    form = VoteForm(request.POST if sent else None, options=options, initial=_said(voter, options))
    everything = sent and "alles" in request.POST
    if sent and (everything or form.is_valid()):
        choices = form.all_yes() if everything else form.choices
        comment = (
            request.POST.get("comment", "")[:300].replace("\0", "")
            if everything
            else form.cleaned_data["comment"]
        )
        try:
            vote(voter=voter, choices=choices, comment=comment, now=timezone.now())
        except PollError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Dank je. We hebben je antwoord bewaard.")
        return redirect("poll_vote", token)
    others = list(poll.voters.exclude(answered_at=None).order_by("name", "pk")) if poll.shows_votes else []
    context = {"poll": poll, "voter": voter, "token": token, "form": form, "table": table_of(options, others)}
    return render(request, "partners/poll_vote.html", context, status=422 if sent else 200)


def _voter_behind(token: str) -> PollVoter | None:
    """Who a link was made for; none for a forged or worn-out one."""
    try:
        pk = read(VOTE, token)
    except BadLinkError:
        return None
    return PollVoter.objects.select_related("poll__house", "poll__meeting").filter(pk=pk).first()


def _said(voter: PollVoter, options) -> dict:
    """What she said before."""
    said = {
        vote.option_id: vote.choice
        for option in options
        for vote in option.votes.all()
        if vote.voter_id == voter.pk
    }
    return {f"moment_{pk}": choice for pk, choice in said.items()} | {"comment": voter.comment}
