"""Every change of the offer is noted in the feed that the indexes in memory read, whoever makes it."""

from django.db import migrations

#: From so many activities at once on it says: all of it.
MANY = 500
ACTIVITY, AROUND, ALL = "'activity'", "'around'", "'all'"

#: Of each table: on what, and which rows its changes put in the feed (`changed` holds the rows of the statement).
SOURCES = {
    "activities_activity": ("INSERT UPDATE DELETE", ACTIVITY, "SELECT id FROM changed"),
    "activities_session": ("INSERT UPDATE DELETE", ACTIVITY, "SELECT activity_id FROM changed"),
    "activities_schedule": ("INSERT UPDATE DELETE", ACTIVITY, "SELECT activity_id FROM changed"),
    "huizen_location": (
        "UPDATE",
        ACTIVITY,
        "SELECT a.id FROM activities_activity a JOIN changed c ON a.location_id = c.id",
    ),
    "huizen_house": (
        "UPDATE",
        ACTIVITY,
        "SELECT a.id FROM activities_activity a JOIN changed c ON a.house_id = c.id",
    ),
    "partners_organisation": (
        "UPDATE",
        ACTIVITY,
        "SELECT a.id FROM activities_activity a JOIN changed c ON a.organiser_id = c.id",
    ),
}
#: Whose changes touch Houses, partners and where they work, or all of the offer.
WHOLE = {
    "huizen_house": ("INSERT UPDATE DELETE", AROUND),
    "huizen_workingarea": ("INSERT UPDATE DELETE", AROUND),
    "partners_organisation": ("UPDATE", AROUND),
    "partners_partnership": ("INSERT UPDATE DELETE", AROUND),
    "huizen_municipality": ("UPDATE", ALL),
    "huizen_holiday": ("INSERT UPDATE DELETE", ALL),
}
#: What is emptied in one go tells no rows.
EMPTIED = ("activities_activity", "activities_session", "huizen_house")

OF_ROWS = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH touched (id) AS ({rows}), numbered AS (SELECT DISTINCT id FROM touched WHERE id IS NOT NULL LIMIT {many} + 1)
    INSERT INTO activities_offerchange (what, activity_id)
    SELECT {what}, id FROM numbered WHERE (SELECT count(*) FROM numbered) <= {many}
    UNION ALL
    SELECT 'all', NULL FROM numbered HAVING count(*) > {many};
    RETURN NULL;
END $$;
"""
OF_ALL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO activities_offerchange (what) SELECT {what} WHERE EXISTS (SELECT FROM changed);
    RETURN NULL;
END $$;
"""
EMPTY = """
CREATE FUNCTION offer_change_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO activities_offerchange (what) VALUES ('all');
    RETURN NULL;
END $$;
"""
#: The rows of the statement as they are after it; of what is deleted, as they were.
ON = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}


def triggers(function: str, table: str, events: str) -> str:
    return "".join(
        f"CREATE TRIGGER {function}_{event.lower()} AFTER {event} ON {table} "
        f"REFERENCING {ON[event]} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}();\n"
        for event in events.split()
    )


def create() -> str:
    sql = EMPTY
    for table, (events, what, rows) in SOURCES.items():
        name = f"offer_change_{table}"
        sql += OF_ROWS.format(name=name, what=what, rows=rows, many=MANY) + triggers(name, table, events)
    for table, (events, what) in WHOLE.items():
        name = f"offer_around_{table}"
        sql += OF_ALL.format(name=name, what=what) + triggers(name, table, events)
    for table in EMPTIED:
        sql += (
            f"CREATE TRIGGER offer_change_{table}_emptied AFTER TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION offer_change_emptied();\n"
        )
    return sql


def drop() -> str:
    """A function takes its triggers along."""
    names = [f"offer_change_{table}" for table in SOURCES] + [f"offer_around_{table}" for table in WHOLE]
    return "".join(f"DROP FUNCTION {name}() CASCADE;\n" for name in [*names, "offer_change_emptied"])


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0003_index_1"),
        ("huizen", "0002_logbook_append_only"),
        ("partners", "0001_initial"),
    ]
    operations = [migrations.RunSQL(create(), drop())]
