"""The portal on a phone: installable, and readable without signal.

The service worker (static/js/sw.js, under 3 KB as served) keeps on the phone itself:
- this portal's style, script and the page `/offline/`, fetched when a visitor first comes;
- the House that was looked at last, and the last forty of: activities looked at or saved, sign-ups, saved offers.

It asks the network first. Where that fails, or takes more than four seconds, it shows the kept copy with a line that says
from when it is. It keeps pages alone: nothing of /beheer/, /mijn/ or /aanmelden/, no answer to a form, no file.
A sign-up page is kept although it says `no-store`: the family asked for it by its own secret link, and needs it
most at the door of a cellar. Who signs off or erases the account takes all kept pages along (another person may use the
phone next); who has no account does so with a button on `/offline/`.

A page may ask to keep an offer: `navigator.serviceWorker.controller?.postMessage({type: "bewaar", url})`.
"""

import hashlib
import json

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from huizen.access import public

#: What every kept page needs to look and work like itself.
SHELL = ("css/ground.css", "css/components.css", "js/reading.js", "js/portal.js", "js/offline.js")
#: The paper of the pages (static/css/ground.css).
PAPER, GLOW = "#fffdf8", "#fff1c9"
WORKER = settings.BASE_DIR / "static" / "js" / "sw.js"


@require_safe
@public
def offline(request):
    """What somebody sees who is without signal and asks for a page that is not kept."""
    return render(request, "huizen/pages/offline.html")


@require_safe
@public
def service_worker(request):
    """The script, at the root so that it serves every page; asked anew at every visit, so that no old one stays."""
    answer = HttpResponse(worker_script(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def worker_script() -> str:
    """The script with the addresses of our files, and a version that changes when any of them does."""
    lines = [line.strip() for line in WORKER.read_text(encoding="utf-8").splitlines()]
    source = "\n".join(line for line in lines if line and not line.startswith("//"))
    shell = json.dumps(["/offline/", *(static(name) for name in SHELL)], separators=(",", ":"))
    version = hashlib.sha256(f"{shell}{source}".encode()).hexdigest()[:8]
    return f'const VERSION="{version}",SHELL={shell};\n{source}\n'


@require_safe
@public
def manifest(request):
    """What a phone must know to put the portal beside its other apps."""
    icons = [
        {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("img/mark-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("img/mark-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": static("img/mark-maskable.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    facts = {
        "name": settings.PORTAL_NAME,
        "short_name": settings.PORTAL_NAME[:12],
        "description": "Hulp, ontmoeting en activiteiten voor gezinnen, dicht bij huis.",
        "lang": "nl-BE",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": GLOW,
        "icons": icons,
        "shortcuts": [
            {"name": "Activiteiten", "url": "/activiteiten/"},
            {"name": "Huizen", "url": "/huizen/"},
        ],
    }
    return JsonResponse(
        facts, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )
