"""Pages that explain: help, accessibility, privacy, where our facts come from; and what searching machines leave alone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huizen import retention, words
from huizen.access import public
from huizen.links import absolute
from huizen.shared_pages import shared


@require_safe
@public
@shared
def manual(request):
    """How a parent uses the portal, in short."""
    return render(request, "huizen/pages/help.html")


@require_safe
@public
@shared
def accessibility(request):
    """The accessibility statement that the law asks for."""
    return render(request, "huizen/pages/accessibility.html")


@require_safe
@public
@shared
def privacy(request):
    """What we keep of people, why and how long: read from the policy that the night carries out."""
    rules = [
        {**rule, "stretch": words.stretch(rule["days"])}
        for rule in retention.policy()["rules"].values()
        if "days" in rule
    ]
    return render(request, "huizen/pages/privacy.html", {"rules": rules})


@require_safe
@public
@shared
def sources(request):
    """Where the facts about places come from."""
    return render(request, "huizen/pages/sources.html")


#: Pages of one person; what machines fetch there helps nobody.
NOT_FOR_MACHINES = (
    "/beheer/",
    "/mijn/",
    "/inschrijving/",
    "/overleg/",
    "/uitnodiging/",
    "/aanmelden/",
    "/postvak/",
)


@require_safe
@public
@shared
def robots(request):
    """What searching machines leave alone."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_MACHINES)]
    lines.append(f"Sitemap: {absolute('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
