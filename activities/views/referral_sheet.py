"""`/mee/<code>/`: what a professional handed over, for the family that got it. Who they are, nobody wrote down."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from activities.handed_over import Reader, read_sheet, sheet_path
from activities.models import ReferralSheet
from activities.qr import qr_svg
from huizen.access import public
from huizen.languages import DUTCH, Language, language_of_page, spoken
from huizen.links import absolute
from huizen.page_language import address_in


@require_safe
@public
@never_cache
def referral_sheet(request, code):
    """The offers of a sheet as they are now; a page that says so where it ended (410) or never was (404)."""
    now = timezone.now()
    sheets = ReferralSheet.objects.select_related("house").filter(code=code.replace("\x00", ""))
    sheet = sheets.running(now=now).first()
    if sheet is None:
        return render(request, "activities/sheet_gone.html", status=410 if sheets.exists() else 404)
    reader = read_sheet(sheet, asked=_asked(request, sheet), now=now)
    url = absolute(sheet_path(sheet))
    context = {
        "sheet": sheet,
        "house": sheet.house,
        "reading": reader,
        "papers": _papers(request, reader),
        "url": url,
        "qr": qr_svg(url),
        "now": now,
    }
    return render(request, "activities/sheet.html", context)


def _asked(request, sheet: ReferralSheet) -> str:
    """The language that the reader asked, that of the page, or the one that was chosen for her."""
    page = language_of_page().code
    return request.GET.get("taal") or (sheet.language if page == DUTCH else page)


def _papers(request, reader: Reader) -> list[tuple[Language, str]]:
    """The same sheet in the other languages in which anything of it is told."""
    links = []
    for language in reader.choices:
        path = address_in(spoken(language.code).code, request.path)
        links.append((language, f"{path}?{urlencode({'taal': language.code})}"))
    return [(language, url) for language, url in links if language != reader.language]
