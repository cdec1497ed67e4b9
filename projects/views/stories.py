"""What a project writes for everybody, and what the agency says of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from projects.actions.story import (
    StoryError,
    begin_story,
    move_story,
    remove_story,
    summaries_of,
    write_story,
)
from projects.flow import acts_of
from projects.forms.story import RemarkForm, StoryForm
from projects.models import ReportVersion, Story
from projects.story_flow import STEPS, StoryAct, may_with
from projects.views.desk import project_of
from projects.views.public import image_response
from projects.views.reports import WRITE

SEES = Permission.EDIT_PROJECTS
DONE = {
    StoryAct.PROPOSE: "Opgroeien leest het verhaal nu na.",
    StoryAct.RETURN: "Het verhaal is weer een ontwerp. Het project leest je vraag.",
    StoryAct.APPROVE: "Goedgekeurd. Het project kan het verhaal nu publiceren.",
    StoryAct.PUBLISH: "Het verhaal staat op het portaal.",
    StoryAct.WITHDRAW: "Het verhaal is van het portaal.",
    StoryAct.REWORK: "Het verhaal is weer een ontwerp.",
}


@require_safe
@allow(SEES)
def story_list(request, slug):
    """The stories of a project, and what stays of it; for the agency without drafts."""
    project = project_of(request, slug)
    stories = Story.objects.visible_to(request.user).filter(project=project)
    writes = project.house in request.user.houses_where(WRITE)
    context = {
        "project": project,
        "stories": stories.order_by("-changed_at", "-pk"),
        "stays": project.mainstreaming.order_by("part"),
        "summaries": summaries_of(project) if writes else [],
        "writes": writes,
        "reviews": request.user.may(Permission.REVIEW_REPORTS),
    }
    return render(request, "projects/story_list.html", context)


@require_POST
@allow(WRITE)
def story_begin(request, slug):
    """A draft out of the five lines of an accepted report."""
    project = own_project(request, slug)
    version = get_object_or_404(
        ReportVersion, report__project=project, pk=_number(request.POST.get("versie"))
    )
    begun = "Dit is het begin. Maak er een verhaal van voor iedereen."
    if not carry_out(request, begun, begin_story, StoryError, project=project, version=version):
        return redirect("story_list", slug)
    return redirect("story_edit", version.stories.get().pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(WRITE)
def story_create(request, slug):
    """A story from nothing."""
    project = own_project(request, slug)
    return _written(request, Story(project=project))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(WRITE)
def story_edit(request, pk):
    """Other words for a draft; what is further is taken back first."""
    story = get_object_or_404(Story.objects.writable_by(request.user).select_related("project__house"), pk=pk)
    if story.state != Story.State.DRAFT:
        return redirect("story_detail", pk)
    return _written(request, story)


@require_safe
@allow(SEES)
def story_detail(request, pk):
    """A story as everybody would read it, with what can be done with it now."""
    return _page(request, story_of(request, pk), RemarkForm())


@require_POST
@allow(SEES)
def story_move(request, pk):
    """What the pressed button says: put to the agency, approve, publish, take away."""
    story, act = story_of(request, pk), request.POST.get("doe", "")
    if act not in list(StoryAct):
        raise Http404
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, story, form, status=422)
    facts = {"story": story, "act": StoryAct(act), "remark": form.cleaned_data["remark"]}
    if not carry_out(request, DONE[StoryAct(act)], move_story, StoryError, **facts):
        return redirect("story_detail", pk)
    seen = Story.objects.visible_to(request.user).filter(pk=pk).exists()
    return redirect("story_detail", pk) if seen else redirect("story_list", story.project.slug)


@require_POST
@allow(WRITE)
def story_remove(request, pk):
    """Throw a draft away."""
    story = get_object_or_404(Story.objects.writable_by(request.user).select_related("project"), pk=pk)
    slug = story.project.slug
    gone = carry_out(request, "Het verhaal is weg.", remove_story, StoryError, story=story)
    return redirect("story_list", slug) if gone else redirect("story_detail", pk)


@require_safe
@allow(SEES)
def story_picture(request, pk):
    """The image of a story that is not on the portal yet."""
    story = story_of(request, pk)
    if not story.image:
        raise Http404
    return image_response(request, story)


def own_project(request, slug):
    """A project of one of the Houses for which the person writes, or 404."""
    project = project_of(request, slug)
    if project.house not in request.user.houses_where(WRITE):
        raise Http404
    return project


def story_of(request, pk) -> Story:
    """A story that the person may read, or 404."""
    rows = Story.objects.visible_to(request.user).select_related("project__house", "project__call", "consent")
    return get_object_or_404(rows, pk=pk)


def _written(request, story: Story):
    files = request.FILES if request.method == "POST" else None
    form = StoryForm(request.POST or None, files, instance=story, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            kept = write_story(
                story=story, facts=form.facts, **form.pictures, by=request.user, now=timezone.now()
            )
        except StoryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Bewaard. Kijk na hoe het eruitziet.")
            return redirect("story_detail", kept.pk)
    context = {"project": story.project, "story": story, "form": form}
    return render(request, "projects/story_edit.html", context, status=422 if form.errors else 200)


def _page(request, story: Story, form: RemarkForm, status: int = 200):
    context = {
        "story": story,
        "project": story.project,
        "acts": {act.name for act in acts_of(STEPS, story.state, may_with(story, request.user))},
        "form": form,
        "writes": story.project.house in request.user.houses_where(WRITE),
    }
    return render(request, "projects/story_detail.html", context, status=status)


def _number(text: str | None) -> int:
    """The key that a button sent, or one that no row has."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
