"""The indicators that the programme of a call offers to its projects, kept by the agency."""

from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from huizen.access import allow
from huizen.roles import Permission
from projects.actions.indicator_template import add_template, edit_template, remove_template
from projects.forms.asked import TemplateForm
from projects.models import Call, IndicatorTemplate
from projects.views.asked import asked_page, done, kept

KEEP = Permission.REVIEW_REPORTS
PAGE = "call_indicators"


@require_safe
@allow(KEEP)
def call_indicators(request, pk):
    """What projects can take over, and how many did."""
    call = _call(pk)
    rows = call.programme.indicator_templates.annotate(taken=Count("indicators")).order_by("name")
    return render(request, "projects/call_indicators.html", {"call": call, "templates": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(KEEP)
def call_indicator_create(request, pk):
    """One more indicator for all projects."""
    call = _call(pk)
    form = TemplateForm(request.POST or None, instance=IndicatorTemplate(programme=call.programme))
    if request.method == "POST" and form.is_valid():
        facts = {"programme": call.programme, "facts": form.cleaned_data}
        if kept(request, form, "De indicator staat erbij.", add_template, **facts):
            return redirect(PAGE, pk)
    return asked_page(request, call, form, PAGE, title="Een nieuwe indicator")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(KEEP)
def call_indicator(request, pk, number):
    """Say it otherwise, or offer it no more."""
    call = _call(pk)
    template = get_object_or_404(call.programme.indicator_templates.select_related("programme"), pk=number)
    if "weg" in request.POST:
        return done(request, PAGE, pk, "De indicator is weg.", remove_template, template=template)
    form = TemplateForm(request.POST or None, instance=template)
    if request.method == "POST" and form.is_valid():
        facts = {"template": template, "facts": form.cleaned_data}
        if kept(request, form, "Bewaard.", edit_template, **facts):
            return redirect(PAGE, pk)
    taken = template.indicators.exists()
    why = "Projecten namen deze indicator al over. Zij houden wat er toen stond." if taken else ""
    return asked_page(request, call, form, PAGE, title="Wijzig de indicator", why=why, may_remove=True)


def _call(pk) -> Call:
    return get_object_or_404(Call.objects.select_related("programme"), pk=pk)
