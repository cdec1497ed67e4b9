"""Groups that meet: which there are, who belongs to them, when they meet."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from huizen.words import count
from partners.actions.meeting_group import (
    GroupError,
    add_members,
    change_group,
    make_group,
    remove_member,
    reopen_group,
    stop_group,
)
from partners.forms.meeting_group import GroupForm
from partners.models import GroupMember, MeetingGroup
from partners.views.meeting_home import chosen_home
from partners.views.people_papers import all_valid, is_sent, people_papers

SHOWN = 20


@require_safe
@allow(Permission.PLAN_MEETINGS)
def group_list(request):
    """The groups that meet, or those that stopped."""
    stopped = request.GET.get("toon") == "gestopt"
    today = timezone.localdate()
    mine = MeetingGroup.objects.editable_by(request.user)
    rows = mine.filter(until__lt=today) if stopped else mine.on(today)
    rows = rows.select_related("house").annotate(people=Count("members")).order_by("name", "pk")
    return render(request, "partners/group_list.html", {"page": page_of(request, rows), "stopped": stopped})


@require_safe
@allow(Permission.PLAN_MEETINGS)
def group_detail(request, pk):
    """Who belongs to it, and its meetings: what comes, the nearest first, then what is past, the latest first."""
    group, now = group_of(request, pk), timezone.now()
    members = group.members.select_related("organisation").order_by("name", "pk")
    context = {
        "group": group,
        "members": members,
        "coming": group.meetings.coming(now=now).order_by("starts_at", "pk")[:SHOWN],
        "past": group.meetings.past(now=now).order_by("-starts_at", "-pk")[:SHOWN],
        "is_stopped": group.until is not None,
    }
    return render(request, "partners/group_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def group_create(request):
    """A name first; then who belongs to it."""
    house, choose = chosen_home(request, "Van welk Huis is de groep?")
    if choose:
        return choose
    form = GroupForm(request.POST or None, initial={"kind": MeetingGroup.Kind.WORKING})
    if request.method == "POST" and form.is_valid():
        try:
            group = make_group(house=house, facts=form.facts, by=request.user, now=timezone.now())
        except GroupError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "De groep is gemaakt. Zeg nu wie erbij hoort.")
            return redirect("group_members", group.pk)
    context = {"form": form, "house": house}
    return render(request, "partners/group_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def group_edit(request, pk):
    """Another name or kind."""
    group = group_of(request, pk)
    form = GroupForm(request.POST or None, initial={"kind": group.kind, "name": group.name})
    if request.method == "POST" and form.is_valid():
        try:
            change_group(group=group, facts=form.facts, by=request.user, now=timezone.now())
        except GroupError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "Bewaard.")
            return redirect("group_detail", pk)
    context = {"form": form, "group": group_of(request, pk)}
    return render(request, "partners/group_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def group_members(request, pk):
    """More members: people, and organisations as a whole."""
    group = group_of(request, pk)
    known = set(group.members.exclude(email="").values_list("email", flat=True))
    papers = people_papers(request, group.house, asked=known)
    if is_sent(request) and all_valid(papers):
        people = [*papers["contacts"].invitees, *papers["guests"].invitees]
        whole = papers["whole"].chosen if "whole" in papers else []
        facts = {"people": people, "organisations": whole}
        added = add_members(group=group, **facts, by=request.user, now=timezone.now())
        messages.success(
            request, f"{count(added, 'lid', 'leden', none='Niemand nieuw: geen lid')} bijgekomen."
        )
        return redirect("group_detail", pk)
    status = 422 if is_sent(request) else 200
    return render(request, "partners/group_members.html", papers | {"group": group}, status=status)


@require_POST
@allow(Permission.PLAN_MEETINGS)
def group_member_remove(request, pk):
    """Somebody belongs to it no more."""
    mine = GroupMember.objects.filter(group__in=MeetingGroup.objects.editable_by(request.user))
    member = get_object_or_404(mine.select_related("group__house"), pk=pk)
    remove_member(member=member, by=request.user, now=timezone.now())
    messages.success(request, f"{member} hoort niet meer bij de groep.")
    return redirect("group_detail", member.group_id)


@require_POST
@allow(Permission.PLAN_MEETINGS)
def group_stop(request, pk):
    """The group stops."""
    group = stop_group(group=group_of(request, pk), by=request.user, now=timezone.now())
    messages.success(request, f"{group} is gestopt. Wat gepland is, blijft staan.")
    return redirect("group_detail", pk)


@require_POST
@allow(Permission.PLAN_MEETINGS)
def group_reopen(request, pk):
    """The group goes on after all."""
    group = group_of(request, pk)
    carry_out(request, "De groep gaat weer verder.", reopen_group, GroupError, group=group)
    return redirect("group_detail", pk)


def group_of(request, pk) -> MeetingGroup:
    """A group of one of the person's Houses, or of the network for the agency; or 404."""
    return get_object_or_404(MeetingGroup.objects.editable_by(request.user).select_related("house"), pk=pk)
