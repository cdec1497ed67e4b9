"""The forms that say who is asked, on every page that asks people: empty, as typed, or with more rows."""

from partners.actions.invitee import Invitee
from partners.forms.meeting_people import ContactsForm, CoordinatorsForm, GuestForms, OrganisationsForm
from partners.forms.rows import more_rows, typed_rows

GUESTS = "gast"
TICKS = ("contacts", "choosing", "whole")


def people_papers(request, house, *, asked=frozenset(), contacts=None) -> dict:
    """`contacts`, `guests`, and for a House `whole`. `contacts` are ticked at first; without a House they are coordinators."""
    data = request.POST if is_sent(request) else None
    initial = {"contacts": contacts}
    if request.method == "POST":
        initial = {name: request.POST.getlist(name) for name in TICKS}
    if data is None:
        guests = more_rows(GuestForms, typed_rows(request.POST, GUESTS), GUESTS)
    else:
        guests = GuestForms(data, prefix=GUESTS)
    if house is None:
        return {"contacts": CoordinatorsForm(data, asked=asked, initial=initial), "guests": guests}
    return {
        "contacts": ContactsForm(data, house=house, asked=asked, initial=initial),
        "whole": OrganisationsForm(data, house=house, initial=initial),
        "guests": guests,
    }


def invitees_of(papers: dict) -> list[Invitee]:
    """Whom these forms ask, once they are right."""
    return [
        one for name in ("contacts", "whole", "guests") if name in papers for one in papers[name].invitees
    ]


def is_sent(request) -> bool:
    """Whether the form was sent in; the button for more rows only shows the page again."""
    return request.method == "POST" and "rijen" not in request.POST


def all_valid(papers: dict) -> bool:
    """Whether all are right; asks all, so that every mistake shows at once."""
    return False not in [paper.is_valid() for paper in papers.values()]
