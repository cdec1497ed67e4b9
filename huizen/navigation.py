"""What stands in the header and the menu: each app adds its own entries, the ground knows none of them."""

from dataclasses import dataclass

from django.conf import settings

from huizen.roles import Permission

#: The parts of the staff menu: up to which order an entry stands in it, and its name.
PARTS = ((20, ""), (30, "Aanbod"), (40, "Gezinnen"), (70, "Partners"), (100, "Huis en portaal"))


@dataclass(frozen=True)
class Entry:
    """A link in the staff menu: its words, the name of its address, who sees it, where it stands.

    `also`: where addresses begin that lie elsewhere and belong to it, so that it is marked there too.
    """

    label: str
    url_name: str
    permission: Permission
    order: int = 50
    also: tuple[str, ...] = ()

    @property
    def part(self) -> str:
        """The part of the menu in which it stands, by its order."""
        return next(name for end, name in PARTS if self.order < end)


_entries: list[Entry] = []


def register(*entries: Entry) -> None:
    """Add links to the staff menu; called by an app's `ready()`."""
    _entries.extend(entry for entry in entries if entry not in _entries)


def entries_for(user) -> list[Entry]:
    """The staff menu of a person, in order."""
    if not user.is_authenticated:
        return []
    return sorted((e for e in _entries if user.may(e.permission)), key=lambda e: e.order)


def portal(request):
    """Context processor: the portal's name, and the menu of who is signed in (read only where it is shown)."""
    return {
        "portal_name": settings.PORTAL_NAME,
        "embedded": settings.EMBEDDED,
        "staff_menu": lambda: entries_for(request.user),
    }
