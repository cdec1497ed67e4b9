"""Editors of a partner: invite, withdraw, let in, end."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huizen.access import allow, members
from huizen.actions.invitation import InvitationError
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from partners.actions.editor import (
    accept_editor_invitation,
    end_editor,
    invite_editor,
    open_editor_invitation,
    withdraw_editor_invitation,
)
from partners.forms.organisation import EditorForm
from partners.models import Editor, EditorInvitation, Partnership
from partners.views.partnership import partnership_of


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def editor_invite(request, pk):
    """A form for the address of the next editor."""
    partnership = partnership_of(request, pk)
    form = EditorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"organisation": partnership.organisation, "house": partnership.house, **form.cleaned_data}
        try:
            invite_editor(**facts, by=request.user, now=timezone.now())
        except InvitationError as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, f"De uitnodiging is onderweg naar {form.cleaned_data['email']}.")
            return redirect("partner_detail", pk)
    context = {"partnership": partnership, "form": form}
    return render(request, "partners/editor_invite.html", context, status=422 if form.errors else 200)


@require_POST
@allow(Permission.EDIT_PARTNERS)
def editor_invitation_resend(request, pk):
    """The same invitation again, with a new link; the former one stops working. Also when it was too old."""
    invitation = _invitation_of(request, pk, EditorInvitation.objects.unanswered())
    facts = {name: getattr(invitation, name) for name in ("organisation", "house", "email")}
    return _act(request, invitation, "De uitnodiging is opnieuw verstuurd.", invite_editor, **facts)


@require_POST
@allow(Permission.EDIT_PARTNERS)
def editor_invitation_withdraw(request, pk):
    """Make the link of an invitation useless."""
    invitation = _invitation_of(request, pk)
    done = "De uitnodiging is ingetrokken."
    return _act(request, invitation, done, withdraw_editor_invitation, invitation=invitation)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def editor_end(request, pk, editor_pk):
    """A clear question first."""
    partnership = partnership_of(request, pk)
    editors = Editor.objects.current().filter(organisation=partnership.organisation).select_related("user")
    editor = get_object_or_404(editors, pk=editor_pk)
    if request.method == "POST":
        done = f"{editor.user} is geen redacteur meer."
        carry_out(request, done, end_editor, InvitationError, editor=editor, house=partnership.house)
        return redirect("partner_detail", pk)
    return render(request, "partners/editor_end.html", {"partnership": partnership, "editor": editor})


@require_http_methods(["GET", "HEAD", "POST"])
@members
def editor_invitation_accept(request, token):
    """What the invitation is for; a button takes it. Who is not signed in does that first and comes back."""
    now = timezone.now()
    try:
        invitation = open_editor_invitation(token, now=now)
        if request.method == "POST":
            editor = accept_editor_invitation(token=token, by=request.user, now=now)
            messages.success(request, f"Welkom. Je houdt nu het aanbod van {editor.organisation} bij.")
            return redirect("desk")
    except InvitationError as error:
        return render(request, "huizen/invitation_refused.html", {"sentence": str(error)}, status=410)
    context = {"invitation": invitation, "other_address": invitation.email != request.user.email}
    return render(request, "partners/editor_invitation_accept.html", context)


def _invitation_of(request, pk, among=None) -> EditorInvitation:
    among = EditorInvitation.objects.open(now=timezone.now()) if among is None else among
    rows = among.editable_by(request.user)
    return get_object_or_404(rows.select_related("organisation", "house"), pk=pk)


def _act(request, invitation, done: str, action, /, **facts):
    carry_out(request, done, action, InvitationError, **facts)
    current = Partnership.objects.filter(organisation=invitation.organisation, house=invitation.house)
    return redirect("partner_detail", current.latest("since").pk)
