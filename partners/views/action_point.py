"""What was agreed to do: the list and one of them in `/beheer/`, and by the link in a mail without an account."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow, public
from huizen.links import BadLinkError, read
from huizen.listing import in_order, page_of
from huizen.roles import Permission
from huizen.spreadsheet import table_response
from partners.actions.action_point import ActionPointError, change_action, give_action, settle_action
from partners.actions.minutes_letter import DONE
from partners.forms.action_point import ActionFilter, ActionForm, Owners
from partners.models import ActionPoint
from partners.models.meeting_group import NETWORK
from partners.views.meeting_home import chosen_home

PLAN = Permission.PLAN_MEETINGS
State = ActionPoint.State
HEAD = ["Wat", "Wie", "Tegen", "Toestand", "Overleg", "Huis", "Afgesproken op", "Afgerond op"]
ORDERS = {"wat": "title", "tegen": "due_on"}


@require_safe
@allow(PLAN)
def action_list(request):
    """What is open, late or done, of everybody or her own; the most urgent first."""
    form, points = _narrowed(request)
    today = timezone.localdate()
    page = page_of(request, in_order(request, points.order_by("due_on", "pk"), ORDERS))
    for point in page:
        point.late = point.is_late(today=today)
    context = {"form": form, "page": page, "houses": request.user.houses_where(PLAN)}
    return render(request, "partners/action_list.html", context)


@require_safe
@allow(PLAN)
def action_export(request, kind):
    """What the list shows, with the same filter."""
    rows = (_line(point) for point in _narrowed(request)[1].order_by("due_on", "pk"))
    return table_response(kind, f"actiepunten-{timezone.localdate():%Y-%m-%d}", HEAD, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(PLAN)
def action_create(request):
    """Something to do that came up outside a meeting."""
    house, choose = chosen_home(request, "Voor welk Huis is dit?")
    if choose:
        return choose
    sent = request.POST if request.method == "POST" and "todo" in request.POST else None
    form = ActionForm(sent, owners=Owners(house, None), today=timezone.localdate())
    if form.is_bound and form.is_valid():
        give_action(house=house, agreed=form.agreed, by=request.user, now=timezone.now())
        messages.success(request, "Bewaard.")
        return redirect("action_list")
    return _show(request, form, host=house or NETWORK)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(PLAN)
def action_edit(request, pk):
    """Another text, person or day; done, no longer needed, or open again."""
    point = _point(request, pk)
    owners = Owners(point.house, point.meeting, point)
    sent = request.POST if request.method == "POST" else None
    form = ActionForm(sent, point=point, owners=owners, today=timezone.localdate())
    if form.is_bound and form.is_valid():
        facts = {"agreed": form.agreed, "seen": form.cleaned_data["seen"]}
        try:
            change_action(point=point, **facts, by=request.user, now=timezone.now())
        except ActionPointError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Bewaard.")
            return redirect("action_list")
    return _show(request, form, host=point.host, point=point)


@require_POST
@allow(PLAN)
def action_settle(request, pk):
    """Done, no longer needed, or open again."""
    point, state = _point(request, pk), request.POST.get("staat", "")
    if state in State.values:
        settle_action(point=point, state=state, by=request.user, now=timezone.now())
        messages.success(request, f"{point}: {State(state).label}.")
    return redirect("action_list")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
def action_answer(request, token):
    """The owner says by the link in her mail that it is done. Opening it shows, the button acts."""
    point = _behind(token)
    if point is None:
        return render(request, "link_bad.html", status=404)
    if request.method == "POST" and point.state != State.DROPPED:
        state = State.OPEN if request.POST.get("staat") == State.OPEN else State.DONE
        settle_action(point=point, state=state, by=None, now=timezone.now())
        return redirect("action_answer", token)
    return render(request, "partners/action_answer.html", {"point": point})


def _behind(token: str) -> ActionPoint | None:
    """What a link was made for; none for a forged one, or when somebody else does it now."""
    try:
        pk, _, owner = read(DONE, token).partition(".")
    except BadLinkError:
        return None
    point = ActionPoint.objects.with_owner().filter(pk=pk).first()
    return point if point and point.owner_key == owner else None


def _narrowed(request):
    form = ActionFilter(request.GET)
    points = ActionPoint.objects.editable_by(request.user).with_owner()
    return form, form.narrow(points, user=request.user, today=timezone.localdate())


def _point(request, pk) -> ActionPoint:
    return get_object_or_404(ActionPoint.objects.editable_by(request.user).with_owner(), pk=pk)


def _line(point: ActionPoint) -> list:
    return [
        point.title,
        point.owner_name,
        point.due_on,
        point.get_state_display(),
        point.meeting.title if point.meeting else "",
        point.host,
        point.set_at,
        point.closed_at,
    ]


def _show(request, form: ActionForm, **context):
    context |= {"form": form}
    return render(request, "partners/action_edit.html", context, status=422 if form.errors else 200)
