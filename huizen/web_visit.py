"""Visiting one web address: to see whether it still leads somewhere, or to fetch the small file that stands there.

Anybody who edits a page may type an address, so a visit must not become a way into our own network: each host is
looked up here, every address it has must be a public one, and the connection goes to that very address, also after a
redirect (a name that answers differently a moment later leads nowhere else).
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

#: Seconds for one answer of a server, and for one request in all.
TIMEOUT, LONGEST = 8, 20
MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
#: Addresses of IPv6 that stand for one of IPv4, whichever that is.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
#: The page is there, and keeps robots out: 401 and 403 ask who we are, 429 wants fewer of us.
THERE = {401, 403, 429}


@dataclass(frozen=True)
class Visit:
    """What came of it: the last status of the server (None: no answer), and what went wrong ("": nothing)."""

    status: int | None
    reason: str = ""


@dataclass(frozen=True)
class Fetched:
    """The file that stood there, or what went wrong ("": nothing)."""

    content: bytes = b""
    reason: str = ""


@dataclass(frozen=True)
class _Answer:
    status: int
    location: str
    content: bytes = b""


class VisitError(Exception):
    """The address leads nowhere; the text says why, in Dutch."""


#: Whether we may connect to an address of the internet, on a port.
Guard = Callable[[str, int], bool]


def is_public(address: str, port: int) -> bool:
    """Only the open internet, and only where web servers stand: never this machine, its network, or a cloud's own."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.sixtofour or found.teredo or found in NAT64:
            return False
        found = found.ipv4_mapped or found
    return found.is_global and not found.is_multicast and port in PORTS.values()


def visit(url: str, *, guard: Guard = is_public) -> Visit:
    """Ask for the head of a page; of a server that does not give that, for the page itself. It never raises."""
    found = _try("HEAD", url, guard)
    return _try("GET", url, guard) if found.reason else found


def fetch(url: str, *, most: int, guard: Guard = is_public) -> Fetched:
    """The file at an address, of at most so many bytes. It never raises."""
    try:
        answer = _follow("GET", url, guard, most=most)
    except VisitError as error:
        return Fetched(reason=str(error))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Fetched(reason=_in_words(error))
    if answer.status != 200:
        return Fetched(reason=_status_in_words(answer.status))
    if len(answer.content) > most:
        return Fetched(reason="Het bestand op dit adres is te groot.")
    return Fetched(answer.content)


def _try(method: str, url: str, guard: Guard) -> Visit:
    try:
        status = _follow(method, url, guard).status
    except VisitError as error:
        return Visit(None, str(error))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Visit(None, _in_words(error))
    return Visit(status, "" if status < 400 or status in THERE else _status_in_words(status))


def _follow(method: str, url: str, guard: Guard, *, most: int = 0) -> _Answer:
    for _ in range(MOST_REDIRECTS + 1):
        answer = _request(method, urlsplit(url), guard, most)
        if answer.status not in REDIRECTS or not answer.location:
            return answer
        url = urljoin(url, answer.location)
    raise VisitError("De link stuurt eindeloos door.")


def _request(method: str, parts: SplitResult, guard: Guard, most: int) -> _Answer:
    """What one address answers, and where it sends on to; of what stands there one byte more than may be."""
    connection = _connection(parts, guard)
    # A server that answers one byte at a time never reaches the timeout of a socket.
    late = threading.Event()
    watch = threading.Timer(LONGEST, _hang_up, [connection, late])
    watch.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, _ascii(path), headers=_headers(parts))
        answer = connection.getresponse()
        content = answer.read(most + 1) if most and answer.status == 200 else b""
        if late.is_set():
            # What came until then looks like a whole file.
            raise TimeoutError
        return _Answer(answer.status, answer.getheader("Location") or "", content)
    finally:
        watch.cancel()
        connection.close()


def _connection(parts: SplitResult, guard: Guard) -> http.client.HTTPConnection:
    """Connected to the address that was looked at, in the name of the host."""
    if parts.scheme not in PORTS or not parts.hostname:
        raise VisitError("Dit is geen webadres.")
    port = parts.port or PORTS[parts.scheme]
    host = _host(parts.hostname)
    plain = socket.create_connection((_address(host, port, guard), port), timeout=TIMEOUT)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    connection.sock = plain
    if parts.scheme == "https":
        try:
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise
    return connection


def _host(name: str) -> str:
    """A host as the network writes it."""
    return name.encode("idna").decode("ascii")


def _address(host: str, port: int, guard: Guard) -> str:
    found = [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(guard(str(address), port) for address in found):
        raise VisitError("Dit adres staat niet op het open internet.")
    return str(found[0])


def _hang_up(connection: http.client.HTTPConnection, late: threading.Event) -> None:
    late.set()
    with suppress(OSError, AttributeError):
        # Closing alone would leave the other thread waiting.
        connection.sock.shutdown(socket.SHUT_RDWR)


def _headers(parts: SplitResult) -> dict[str, str]:
    host = _host(parts.hostname or "")
    return {
        "Host": f"{host}:{parts.port}" if parts.port else host,
        "User-Agent": f"Huizenportaal, kijkt links na (+{settings.PORTAL_URL})",
        "Accept": "*/*",
        "Connection": "close",
    }


def _ascii(path: str) -> str:
    """A path with accents as browsers send it; a space or line in it would end the request."""
    return "".join(sign if "!" <= sign <= "~" else _percent(sign) for sign in path)


def _percent(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "replace"))


def _in_words(error: Exception) -> str:
    """Why there was no answer, for who has to mend the link."""
    if isinstance(error, socket.gaierror | UnicodeError):
        return "Deze website bestaat niet."
    if isinstance(error, ssl.SSLError):
        return "Het certificaat van de website klopt niet."
    if isinstance(error, ValueError):
        return "Dit is geen webadres."
    if isinstance(error, TimeoutError):
        return "De website antwoordt niet op tijd."
    return "De website antwoordt niet."


def _status_in_words(status: int) -> str:
    if status in {404, 410}:
        return "De pagina bestaat niet meer."
    return f"De website geeft een fout ({status})."
