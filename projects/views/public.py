"""The projects as everybody may read them."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from huizen.access import public
from huizen.shared_pages import shared
from projects.forms.showcase import ShowcaseFilter
from projects.models import Project, Story
from projects.showcase import showcase_of
from projects.theory import theory_of
from projects.theory_picture import picture_of


@require_safe
@public
@shared
def project_list(request):
    """All projects that were selected, by call, with a search, what they work on and a province."""
    rows = Project.objects.public()
    wish = ShowcaseFilter(request.GET, queryset=rows)
    wish.count_choices()
    projects = wish.qs.select_related("call__programme", "house").with_places()
    told = Story.objects.public(timezone.localdate()).values_list("project", flat=True)
    context = {
        "form": wish.form,
        "projects": projects.order_by("-call__year", "call_id", "name"),
        "told": set(told),
        "asked": any(request.GET.get(name) for name in wish.form.fields),
    }
    return render(request, "projects/project_list.html", context)


@require_safe
@public
@shared
def project_detail(request, slug):
    """One project: where, what it wants, how far it is, what it tells, and where we know it from."""
    rows = Project.objects.public().select_related("call__programme", "house").with_places()
    project = get_object_or_404(rows, slug=slug)
    theory = theory_of(project, public=True)
    context = {
        "project": project,
        "showcase": showcase_of(project, today=timezone.localdate()),
        "theory": theory,
        "picture": theory and picture_of(theory),
    }
    return render(request, "projects/project_detail.html", context)


@require_safe
@public
def story_image(request, slug, name):
    """The image of a story that everybody may see today. A consent can be withdrawn: nothing shows it unasked."""
    stories = Story.objects.public(timezone.localdate())
    story = get_object_or_404(stories, project__slug=slug, image=f"verhalen/{name}")
    return image_response(request, story)


def image_response(request, story: Story) -> HttpResponseBase | None:
    """The image itself; 404 where it is gone. A browser that has it asks each time whether it may still show it."""
    if not story.image.storage.exists(story.image.name):
        raise Http404
    etag = f'"{story.image_name}"'
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", "ETag": etag}
    with story.image.open() as image:
        answer = HttpResponse(image.read(), content_type="image/webp", headers=headers)
    return get_conditional_response(request, etag, None, answer)
