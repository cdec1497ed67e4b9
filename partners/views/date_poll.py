"""Questions for a date as who asks sees them: what suits best, who said what, and the step to a meeting."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from huizen.words import count
from partners.actions.date_poll import PollError, ask_more, choose_option, close_poll, open_poll, reopen_poll
from partners.actions.meeting_lock import MeetingError
from partners.forms.date_poll import ChooseForm, DeadlineForm, OptionForms, PollForm
from partners.forms.rows import more_rows, typed_rows
from partners.models import DatePoll, PollOption
from partners.poll_ranking import ranked
from partners.views.meeting_change import group_asked
from partners.views.meeting_home import chosen_home
from partners.views.people_papers import all_valid, invitees_of, is_sent, people_papers
from partners.views.poll_table import table_of

OPTIONS = "moment"


@require_safe
@allow(Permission.PLAN_MEETINGS)
def poll_list(request):
    """Those that run, the last day first; or those that are done."""
    done = request.GET.get("toon") == "klaar"
    mine = DatePoll.objects.editable_by(request.user)
    rows = mine.exclude(state=DatePoll.State.OPEN) if done else mine.open()
    answered = Count("voters", filter=Q(voters__answered_at__isnull=False))
    rows = rows.select_related("house").annotate(people=Count("voters"), answered=answered)
    rows = rows.order_by("-deadline" if done else "deadline", "pk")
    return render(request, "partners/poll_list.html", {"page": page_of(request, rows), "done": done})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def poll_create(request):
    """What, which moments, who; the button asks them."""
    group, now = group_asked(request), timezone.now()
    house, choose = (group.house, None) if group else chosen_home(request, "Voor wie zoek je een datum?")
    if choose:
        return choose
    papers = _papers(request, house, now)
    if is_sent(request) and all_valid(papers):
        facts = {"facts": papers["form"].facts, "moments": papers["options"].moments}
        facts |= {"invitees": invitees_of(papers), "by": request.user, "now": now}
        try:
            poll = open_poll(house=house, group=group, **facts)
        except PollError as error:
            papers["form"].add_error(None, str(error))
        else:
            messages.success(request, "De vraag is onderweg.")
            return redirect("poll_detail", poll.pk)
    context = papers | {"house": house, "group": group}
    return render(request, "partners/poll_create.html", context, status=422 if is_sent(request) else 200)


@require_safe
@allow(Permission.PLAN_MEETINGS)
def poll_detail(request, pk):
    """The best moments first with the reason, and the table of who said what."""
    poll = poll_of(request, pk)
    voters = list(poll.voters.select_related("organisation").order_by("name", "pk"))
    options = list(poll.options.prefetch_related("votes").order_by("starts_at"))
    context = {
        "poll": poll,
        "voters": voters,
        "ranked": ranked(options, voters),
        "table": table_of(options, voters),
        "answered": sum(voter.answered_at is not None for voter in voters),
        "again": DeadlineForm(now=timezone.now(), initial={"deadline": timezone.localdate()}),
        "now_at": timezone.now(),
    }
    return render(request, "partners/poll_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def poll_choose(request, pk):
    """What happens when this moment is chosen, and where it is; the button plans and invites."""
    mine = PollOption.objects.filter(poll__in=DatePoll.objects.editable_by(request.user).open())
    option = get_object_or_404(mine.select_related("poll__house", "poll__group"), pk=pk)
    poll = option.poll
    initial = {"place": poll.place, "online_url": poll.online_url, "note": poll.note}
    form = ChooseForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {"facts": form.facts(poll, option), "by": request.user, "now": timezone.now()}
        try:
            meeting = choose_option(option=option, **facts)
        except (PollError, MeetingError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Het overleg is gepland. De uitnodigingen zijn onderweg.")
            return redirect("meeting_detail", meeting.pk)
    [one] = ranked([option], list(poll.voters.all()))
    context = {"poll": poll, "option": option, "one": one, "form": form}
    return render(request, "partners/poll_choose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def poll_people(request, pk):
    """Ask more people when they can."""
    poll = poll_of(request, pk)
    papers = people_papers(request, poll.house, asked=set(poll.voters.values_list("email", flat=True)))
    if is_sent(request) and all_valid(papers):
        try:
            added = ask_more(poll=poll, invitees=invitees_of(papers), by=request.user, now=timezone.now())
        except PollError as error:
            papers["contacts"].add_error(None, str(error))
        else:
            words = count(added, "vraag is", "vragen zijn", none="Niemand nieuw: geen vraag is")
            messages.success(request, f"{words} onderweg.")
            return redirect("poll_detail", pk)
    status = 422 if is_sent(request) else 200
    return render(request, "partners/poll_people.html", papers | {"poll": poll}, status=status)


@require_POST
@allow(Permission.PLAN_MEETINGS)
def poll_close(request, pk):
    """No date comes of it."""
    poll = poll_of(request, pk)
    carry_out(request, "De vraag is gesloten zonder datum.", close_poll, PollError, poll=poll)
    return redirect("poll_detail", pk)


@require_POST
@allow(Permission.PLAN_MEETINGS)
def poll_reopen(request, pk):
    """Ask on; a meeting that came of it does not take place."""
    poll, form = poll_of(request, pk), DeadlineForm(request.POST, now=timezone.now())
    if form.is_valid():
        refusals = (PollError, MeetingError)
        carry_out(request, "De vraag loopt weer.", reopen_poll, refusals, poll=poll, **form.cleaned_data)
    else:
        messages.error(request, "Kies tot en met welke dag je het vraagt, vanaf vandaag.")
    return redirect("poll_detail", pk)


def poll_of(request, pk) -> DatePoll:
    """A question of one of the person's Houses, or of the network for the agency; or 404."""
    mine = DatePoll.objects.editable_by(request.user)
    return get_object_or_404(mine.select_related("house", "group", "organiser", "meeting"), pk=pk)


def _papers(request, house, now) -> dict:
    """The forms of a new question: empty, as typed, or with more rows."""
    people = people_papers(request, house)
    if is_sent(request):
        return {
            "form": PollForm(request.POST, now=now),
            "options": OptionForms(request.POST, prefix=OPTIONS),
            **people,
        }
    typed = request.POST.dict() if request.method == "POST" else {}
    options = more_rows(OptionForms, typed_rows(request.POST, OPTIONS), OPTIONS)
    return {"form": PollForm(initial=typed, now=now), "options": options, **people}
