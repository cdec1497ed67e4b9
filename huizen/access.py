"""Who may open a page. Deny by default: every view wears one of these, and a test walks every URL to prove it.

`@public`: everybody. `@members`: who is signed in. `@allow(permission)`: who has the permission somewhere;
the rows then come from a queryset that knows the person (`House.objects.where(user, permission)`).
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied

from huizen.roles import Permission

View = Callable


def public(view: View) -> View:
    """Everybody may open this page."""
    view.access = "public"  # type: ignore[attr-defined]
    return login_not_required(view)


def members(view: View) -> View:
    """Who is signed in may open this page; LoginRequiredMiddleware sends the others to the sign-in page."""
    view.access = "members"  # type: ignore[attr-defined]
    return view


def allow(permission: Permission) -> Callable[[View], View]:
    """Who has this permission somewhere may open the page; others get a 403 that says what to do."""

    def wear(view: View) -> View:
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return wear
