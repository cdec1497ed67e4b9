"""Who came from the guided start of a House keeps the way back, also after a form sent her to another staff page."""

from urllib.parse import urlencode, urlsplit, urlunsplit

from huizen.house_start import BACK

STAFF = "/beheer/"


class KeepTheWayBack:
    """Adds the parameter `start` of this address to the staff page that the answer sends to."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        back = request.GET.get(BACK)
        if back and response.status_code == 302 and _leads_on(response["Location"]):
            response["Location"] = _with(response["Location"], back)
        return response


def _leads_on(address: str) -> bool:
    return address.startswith(STAFF) and address != STAFF and BACK not in urlsplit(address).query


def _with(address: str, back: str) -> str:
    parts = urlsplit(address)
    pair = urlencode({BACK: back})
    return urlunsplit(parts._replace(query=f"{parts.query}&{pair}" if parts.query else pair))
