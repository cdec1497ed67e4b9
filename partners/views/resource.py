"""`/beheer/delen/`: what professionals share among partners, found by theme, each with its versions."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.download import stored_file
from huizen.listing import in_order, page_of
from huizen.roles import Permission
from partners.actions.news_mail import READERS, gets_news
from partners.actions.resource import (
    SharingError,
    leads,
    renew_resource,
    share_resource,
    withdraw_resource,
)
from partners.forms.resource import NewVersionForm, ResourceFilter, ResourceForm
from partners.models import News, Resource, ResourceVersion
from partners.views.house import chosen_house

ORDERS = {"titel": "title", "wanneer": "changed_at"}


@require_safe
@allow(Permission.SEE_SHARED)
def resource_list(request):
    """What was shared with her, newest first."""
    form = ResourceFilter(request.GET)
    rows = Resource.objects.visible_to(request.user).select_related("house", "organisation")
    rows = in_order(request, form.narrow(rows).order_by("-changed_at", "-pk"), ORDERS)
    news = News.objects.visible_to(request.user).on(timezone.localdate()).select_related("house")
    context = {
        "page": page_of(request, rows),
        "form": form,
        "news": news.order_by("-since", "-pk"),
        "may_share": request.user.may(Permission.SHARE),
        "gets_news": gets_news(request.user) if set(READERS) & request.user.roles else None,
        "leads": request.user.may(Permission.LEAD_SHARED),
    }
    return render(request, "partners/resource_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SHARE)
def resource_create(request):
    """Share something with the partners of a House."""
    house, question = chosen_house(request, Permission.SHARE, "Voor welk Huis deel je iets?")
    if question:
        return question
    form = ResourceForm(request.POST or None, request.FILES or None, leads=leads(request.user, house))
    if request.method == "POST" and form.is_valid():
        version = {name: form.cleaned_data[name] for name in ("url", "file")}
        resource = share_resource(
            house=house, facts=form.facts, **version, by=request.user, now=timezone.now()
        )
        messages.success(request, "Gedeeld.")
        return redirect("resource_detail", resource.pk)
    context = {"form": form, "house": house}
    return render(request, "partners/resource_create.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SEE_SHARED)
def resource_detail(request, pk):
    """One resource with all its versions; who added it, or leads the House, gives a newer one."""
    newest_first = ResourceVersion.objects.select_related("added_by").order_by("-number")
    rows = Resource.objects.visible_to(request.user).select_related("house", "organisation")
    resource = get_object_or_404(rows.prefetch_related(Prefetch("versions", newest_first)), pk=pk)
    may_edit = Resource.objects.editable_by(request.user).filter(pk=pk).exists()
    form = NewVersionForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        row = get_object_or_404(Resource.objects.editable_by(request.user), pk=pk)
        if form.is_valid() and _renewed(request, row, form):
            return redirect("resource_detail", pk)
    context = {"resource": resource, "form": form, "may_edit": may_edit}
    return render(request, "partners/resource_detail.html", context, status=422 if form.errors else 200)


def _renewed(request, resource: Resource, form: NewVersionForm) -> bool:
    try:
        renew_resource(resource=resource, **form.cleaned_data, by=request.user, now=timezone.now())
    except SharingError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, "De nieuwe versie staat er. De vorige blijven leesbaar.")
    return True


@require_POST
@allow(Permission.SHARE)
def resource_withdraw(request, pk):
    """Nobody sees it any more."""
    resource = get_object_or_404(Resource.objects.editable_by(request.user), pk=pk)
    withdraw_resource(resource=resource, by=request.user, now=timezone.now())
    messages.success(request, "Ingetrokken. Niemand ziet het nog.")
    return redirect("resource_list")


@require_safe
@allow(Permission.SEE_SHARED)
def resource_file(request, pk):
    """The file of a version, to keep: never opened as a page of ours, whatever it holds."""
    seen = Resource.objects.visible_to(request.user)
    version = get_object_or_404(ResourceVersion.objects.exclude(file=""), pk=pk, resource__in=seen)
    return stored_file(version.file, version.name)
