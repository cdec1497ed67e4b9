"""The round along all web addresses of our pages: each once a week, one that failed again the next day."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import count
from urllib.parse import urlsplit

from huizen.models import LinkCheck
from huizen.models.link_check import hash_of
from huizen.web_visit import Visit, visit

log = logging.getLogger(__name__)

WEEK = timedelta(days=7)
#: So many visits go on at a time, and so many to one host.
AT_ONCE, AT_ONE_HOST = 8, 2

#: So many addresses of which none answers say something of us, not of them.
ALL_SILENT = 10

Visitor = Callable[[str], Visit]


def check_links(
    urls: Iterable[str], *, today: date, visitor: Visitor = visit, enough: Callable[[], bool] = lambda: False
) -> int:
    """Visit what is to be visited today, and write down what was found; how many visits.

    `urls`: all that stand on pages now; what is known of others is forgotten. `enough` is asked before each visit: what
    is left then is for tomorrow, the longest unvisited first. Safe to run twice on a day.
    """
    wanted = {hash_of(url): url for url in urls}
    LinkCheck.objects.exclude(url_hash__in=wanted).delete()
    known = {check.url_hash: check for check in LinkCheck.objects.all()}
    due = [key for key in wanted if key not in known or _is_due(known[key], today)]
    due.sort(key=lambda key: (known[key].checked_on if key in known else date.min, key))
    visits = list(_visit_all([wanted[key] for key in due], visitor, enough))
    if len(visits) >= ALL_SILENT and all(found.status is None for _, found in visits):
        log.warning(
            "Not one of %s web addresses answered: our own line is down, nothing is written.", len(visits)
        )
        return 0
    for url, found in visits:
        _keep(url, known.get(hash_of(url)), found, today=today)
    return len(visits)


def _is_due(check: LinkCheck, today: date) -> bool:
    if 0 < check.failed_days < LinkCheck.BROKEN_AFTER:
        return check.checked_on < today
    return check.checked_on <= today - WEEK


def _visit_all(urls: list[str], visitor: Visitor, enough: Callable[[], bool]) -> Iterator[tuple[str, Visit]]:
    """Visits in threads, that touch no database; a lane is a row of addresses of one host, one after another."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for lane in pool.map(lambda lane: _drive(lane, visitor, enough), _lanes(urls)):
            yield from lane


def _lanes(urls: list[str]) -> list[list[str]]:
    """At most two for each host, in the order of the addresses."""
    lanes: dict[tuple[str, int], list[str]] = {}
    numbers: dict[str, Iterator[int]] = defaultdict(count)
    for url in urls:
        host = _host_of(url)
        lanes.setdefault((host, next(numbers[host]) % AT_ONE_HOST), []).append(url)
    return list(lanes.values())


def _host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _drive(lane: list[str], visitor: Visitor, enough: Callable[[], bool]) -> list[tuple[str, Visit]]:
    found = []
    for url in lane:
        if enough():
            break
        found.append((url, visitor(url)))
    return found


def _keep(url: str, before: LinkCheck | None, found: Visit, *, today: date) -> None:
    facts = {
        "url": url,
        "checked_on": today,
        "last_status": found.status,
        "reason": found.reason[:120],
        **_failing(before, found, today),
    }
    LinkCheck.objects.update_or_create(url_hash=hash_of(url), defaults=facts)
    if found.reason:
        log.info("A link leads nowhere: %s (%s)", url, found.reason)


def _failing(before: LinkCheck | None, found: Visit, today: date) -> dict:
    """Since when, and on how many days: the same day counts once."""
    if not found.reason:
        return {"failing_since": None, "failed_days": 0}
    if before is None or not before.failed_days:
        return {"failing_since": today, "failed_days": 1}
    return {
        "failing_since": before.failing_since,
        "failed_days": before.failed_days + (before.checked_on < today),
    }
