"""`/jury/`: what a member of a jury reads and judges. Of others she sees points only once she handed in her own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.roles import Permission
from projects.actions.jury import JuryError, declare, give_points, may_take_back
from projects.application.jury import written
from projects.application.ranking import weighted_mean
from projects.forms.points import PointsForm
from projects.models import Application, ApplicationFile, ApplicationState, ApplicationVersion, Judgement
from projects.report_content import sections_of
from projects.views.handing_in import files_in, pdf_of

JUDGE = Permission.JUDGE


@require_safe
@allow(JUDGE)
def jury_list(request):
    """All that she judges, by call, with how far she is. Title and House are enough to know of a conflict."""
    rows = (
        Application.objects.judged_by(request.user)
        .select_related("call", "house")
        .order_by("-call__year", "call", "pk")
    )
    said = {each.application_id: each for each in _mine(request).filter(application__in=rows)}
    shown = [(row, said.get(row.pk)) for row in rows]
    return render(request, "projects/jury_list.html", {"rows": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(JUDGE)
def jury_application(request, pk):
    """First whether she has a conflict of interest; then the application beside her points; then those of others."""
    row = _application(request, pk)
    said = _mine(request).select_related("application").filter(application=row).first()
    if said is None or said.has_conflict:
        partners = _version(row).content["facts"]["partners"]
        context = {"application": row, "said": said, "partners": [name for name, _ in partners]}
        context["may_take_back"] = bool(said) and may_take_back(said)
        return render(request, "projects/jury_declare.html", context)
    criteria, scores = list(row.call.criteria.order_by("number")), list(said.scores.all())
    is_open = row.state == ApplicationState.IN_JURY and said.handed_in_at is None
    posted = request.method == "POST"
    form = PointsForm(request.POST if posted else None, criteria=criteria, scores=scores)
    if posted and form.is_valid() and _keep(request, row, form):
        return redirect("jury_application", pk)
    version = _version(row)
    context = {"application": row, "said": said, "form": form, "is_open": is_open, "criteria": criteria}
    context |= {"sections": sections_of(version.content), "files": files_in(version)}
    context["others"] = _given(row, criteria) if said.handed_in_at else []
    return render(request, "projects/jury_application.html", context, status=422 if form.errors else 200)


@require_POST
@allow(JUDGE)
def jury_declare(request, pk):
    """Whether she has a conflict of interest."""
    row, has_conflict = _application(request, pk), request.POST.get("belang") != "nee"
    try:
        declare(application=row, has_conflict=has_conflict, by=request.user, now=timezone.now())
    except JuryError as error:
        messages.warning(request, str(error))
    return redirect("jury_list") if has_conflict else redirect("jury_application", pk)


@require_safe
@allow(JUDGE)
def jury_file(request, pk, number):
    """A document of an application that she judges."""
    row = _application(request, pk)
    if not _mine(request).filter(application=row, has_conflict=False).exists():
        raise PermissionDenied
    if number not in [each.pk for each in files_in(_version(row))]:
        raise Http404
    return pdf_of(get_object_or_404(ApplicationFile, pk=number))


def _keep(request, row: Application, form: PointsForm) -> bool:
    hand_in = "indienen" in request.POST
    try:
        give_points(application=row, given=form.given, hand_in=hand_in, by=request.user, now=timezone.now())
    except JuryError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, "Je punten zijn ingediend." if hand_in else "Bewaard.")
    return True


def _given(row: Application, criteria) -> list[tuple]:
    """What each member handed in, by the number of her seat: her mean, and points with remark by criterion."""
    judgements = (
        row.judgements.filter(handed_in_at__isnull=False).select_related("seat").order_by("seat__number")
    )
    weights = {each.pk: each.weight for each in criteria}
    found = []
    for each in judgements.prefetch_related("scores__criterion"):
        scores = {score.criterion_id: score for score in each.scores.all()}
        mean = weighted_mean({key: score.points for key, score in scores.items()}, weights)
        found.append((each.seat, written(mean), [scores[criterion.pk] for criterion in criteria]))
    return found


def _version(row: Application) -> ApplicationVersion:
    return row.versions.get(number=row.versions_made)


def _mine(request):
    return Judgement.objects.filter(seat__user=request.user, seat__ended_at=None)


def _application(request, pk) -> Application:
    return get_object_or_404(
        Application.objects.judged_by(request.user).select_related("call", "house"), pk=pk
    )
