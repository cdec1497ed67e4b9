"""Which known organisations may be the one that somebody writes down: by KBO number, by website, by name."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from huizen.search.text import tokens
from partners.models import Organisation

#: Of a hundred: from here on two names look alike.
ALIKE = 85
MOST = 5
#: Each with each: so many are compared in a second.
MOST_COMPARED = 1500
#: What says how an organisation is built and not which one it is.
LEGAL = {"vzw", "asbl", "nv", "bv", "cv", "cvba", "bvba", "vof", "ivzw", "ovzw", "de", "het", "voorbeeld"}
#: Sites on which many organisations have a page: the same host says nothing.
SHARED_HOSTS = {
    "facebook.com",
    "instagram.com",
    "linkedin.com",
    "sites.google.com",
    "linktr.ee",
    "youtube.com",
    "wixsite.com",
    "voorbeeld.example",
}


@dataclass
class LookAlike:
    """A known organisation, and in words why it may be the same."""

    organisation: Organisation
    reasons: list[str] = field(default_factory=list)

    @property
    def in_words(self) -> str:
        """ "bijna dezelfde naam, dezelfde website"."""
        return ", ".join(self.reasons)


def look_alikes(
    *, name: str, kbo_number: str = "", website: str = "", besides: int | None = None
) -> list[LookAlike]:
    """At most five, the surest first; `besides` is the key of the organisation itself. One query for the names, one for the rows."""
    known = list(
        Organisation.objects.exclude(pk=besides)
        .order_by("pk")
        .values_list("pk", "name", "kbo_number", "website")
    )
    reasons: dict[int, list[str]] = {}
    for key, *_ in (row for row in known if kbo_number and row[2] == kbo_number):
        reasons.setdefault(key, []).append("hetzelfde KBO-nummer")
    for key in _named_alike(name, {row[0]: row[1] for row in known}):
        reasons.setdefault(key, []).append("bijna dezelfde naam")
    host = host_of(website)
    for key, *_ in (row for row in known if host and host_of(row[3]) == host):
        reasons.setdefault(key, []).append("dezelfde website")
    found = Organisation.objects.in_bulk(list(reasons)[:MOST])
    return [LookAlike(found[key], reasons[key]) for key in list(reasons)[:MOST]]


def doubles(organisations: list[Organisation]) -> list[tuple[Organisation, Organisation]]:
    """Pairs that may be one and the same by their name or their website, the earlier written down first."""
    from rapidfuzz import fuzz, process

    rows = sorted(organisations, key=lambda row: row.pk)[:MOST_COMPARED]
    cores, hosts = [core_of(row.name) for row in rows], [host_of(row.website) for row in rows]
    alike = process.cdist(cores, cores, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    return [
        (rows[one], rows[two])
        for one in range(len(rows))
        for two in range(one + 1, len(rows))
        if (cores[one] and alike[one][two]) or (hosts[one] and hosts[one] == hosts[two])
    ]


def _named_alike(name: str, names: dict[int, str]) -> list[int]:
    from rapidfuzz import fuzz, process

    core = core_of(name)
    if not core:
        return []
    cores = {key: core_of(other) for key, other in names.items()}
    found = process.extract(core, cores, scorer=fuzz.token_sort_ratio, limit=MOST, score_cutoff=ALIKE)
    return [key for _, _, key in found]


def core_of(name: str) -> str:
    """A name without capitals, accents, signs and the words that say how it is built; those stay where nothing else is."""
    words = tokens(name)
    return " ".join([word for word in words if word not in LEGAL] or words)


def host_of(website: str) -> str:
    """The host of a site that is of one organisation alone, or ""."""
    try:
        host = re.sub(r"^www\.", "", (urlsplit(website).hostname or "").lower())
    except ValueError:
        return ""
    shared = any(host == other or host.endswith(f".{other}") for other in SHARED_HOSTS)
    return "" if shared else host
