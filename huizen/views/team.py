"""The people of a House or of the agency: who has which role, invite, withdraw, end."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huizen.access import allow, members
from huizen.actions import invitation as actions
from huizen.forms.invitation import InvitationForm
from huizen.models import House, Invitation, Membership
from huizen.roles import Permission
from huizen.views.carry_out import carry_out


def _teams(user) -> list[House | None]:
    """The Houses whose people she manages; None stands for the agency."""
    houses: list[House | None] = list(user.houses_where(Permission.INVITE_PEOPLE))
    return houses + [None] * user.may_in(Permission.INVITE_PEOPLE, None)


def _managed(queryset, user):
    houses = [house.pk for house in _teams(user) if house]
    mine = queryset.filter(house__in=houses)
    return mine | queryset.filter(house=None) if None in _teams(user) else mine


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.INVITE_PEOPLE)
def team(request, slug=None):
    """Everybody with a role in one team, the open invitations, and a form for the next."""
    teams = _teams(request.user)
    house = next((h for h in teams if (h.slug if h else "agentschap") == slug), teams[0])
    if slug and slug != (house.slug if house else "agentschap"):
        raise Http404
    now = timezone.now()
    form = InvitationForm(request.POST or None, house=house)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(**form.cleaned_data, house=house, by=request.user, now=now)
        except actions.InvitationError as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, f"De uitnodiging is onderweg naar {form.cleaned_data['email']}.")
            return redirect("team_of", house.slug if house else "agentschap")
    return render(
        request,
        "huizen/team.html",
        {
            "teams": teams,
            "house": house,
            "form": form,
            "memberships": Membership.objects.current()
            .filter(house=house)
            .select_related("user")
            .order_by("role", "pk"),
            "invitations": Invitation.objects.open(now=now).filter(house=house).order_by("created_at"),
        },
        status=422 if form.errors else 200,
    )


@require_POST
@allow(Permission.INVITE_PEOPLE)
def invitation_withdraw(request, pk):
    """Make the link of an invitation useless."""
    invitation = get_object_or_404(_managed(Invitation.objects.select_related("house"), request.user), pk=pk)
    return _act(
        request, invitation.house, "De uitnodiging is ingetrokken.", actions.withdraw, invitation=invitation
    )


@require_POST
@allow(Permission.INVITE_PEOPLE)
def membership_end(request, pk):
    """Take a role away."""
    memberships = Membership.objects.current().select_related("house", "user")
    membership = get_object_or_404(_managed(memberships, request.user), pk=pk)
    return _act(
        request, membership.house, "De rol is beëindigd.", actions.end_membership, membership=membership
    )


def _act(request, house, done: str, action, **subject):
    carry_out(request, done, action, actions.InvitationError, **subject)
    return redirect("team_of", house.slug if house else "agentschap")


@require_http_methods(["GET", "HEAD", "POST"])
@members
def invitation_accept(request, token):
    """What the invitation is for; a button takes it. Who is not signed in does that first and comes back."""
    now = timezone.now()
    try:
        invitation = actions.open_invitation(token, now=now)
        if request.method == "POST":
            actions.accept(token=token, by=request.user, now=now)
            messages.success(request, "Welkom. Je kan aan de slag.")
            return redirect("my")
    except actions.InvitationError as error:
        return render(request, "huizen/invitation_refused.html", {"sentence": str(error)}, status=410)
    return render(request, "huizen/invitation_accept.html", {"invitation": invitation})
