"""What must be so before the portal starts."""

from django.conf import settings
from django.core import checks
from psycopg import IsolationLevel


@checks.register("activities")
def isolation_level(app_configs, **kwargs) -> list[checks.Error]:
    """Every database says READ COMMITTED itself, whatever its server prefers.

    Under REPEATABLE READ a row that was locked is read as it was before the wait, and the eleventh child gets
    the tenth place without any error.
    """
    return [
        checks.Error(
            f"The database '{alias}' must use READ COMMITTED: the lock on the places of a moment counts on it.",
            hint="Set OPTIONS['isolation_level'] to psycopg.IsolationLevel.READ_COMMITTED.",
            id="activities.E001",
        )
        for alias, database in settings.DATABASES.items()
        if database.get("OPTIONS", {}).get("isolation_level") != IsolationLevel.READ_COMMITTED
    ]
