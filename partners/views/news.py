"""`/beheer/delen/nieuws/`: short messages of a House to its partners, on their desks."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.roles import Permission
from partners.actions.resource import write_news
from partners.forms.resource import NewsForm
from partners.models import News
from partners.views.house import chosen_house


@require_safe
@allow(Permission.LEAD_SHARED)
def news_list(request):
    """All messages of her Houses, the latest first, with the days on which they stand on the desks."""
    rows = News.objects.editable_by(request.user).select_related("house").order_by("-until", "-pk")
    context = {"page": page_of(request, rows), "today": timezone.localdate()}
    return render(request, "partners/news_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.LEAD_SHARED)
def news_create(request):
    """A new message for the partners of a House."""
    house, question = chosen_house(request, Permission.LEAD_SHARED, "Voor welk Huis schrijf je?")
    return question or _write(request, News(house=house, since=timezone.localdate()))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.LEAD_SHARED)
def news_edit(request, pk):
    """Change a message, or the days on which it stands on the desks."""
    return _write(request, get_object_or_404(News.objects.editable_by(request.user), pk=pk))


def _write(request, news: News):
    form = NewsForm(request.POST or None, instance=news)
    if request.method == "POST" and form.is_valid():
        write_news(news=form.save(commit=False), by=request.user, now=timezone.now())
        messages.success(request, "Bewaard. De partners zien het op hun bureau.")
        return redirect("news_list")
    context = {"form": form, "house": news.house}
    return render(request, "partners/news_edit.html", context, status=422 if form.errors else 200)
