"""The feed and the triggers that fill it, as operations for migrations."""

from django.db import migrations

# The id of the transaction stands beside each row: a row that is committed late has an old number, so "all that is
# newer than the last one I saw" would miss it (huizen/changes/feed.py).
FEED = """
CREATE TABLE huizen_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    what text NOT NULL,
    key text NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX huizen_change_xid ON huizen_change (xid);
-- Statement by statement: a thousand moments of one activity are one line.
CREATE FUNCTION huizen_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    rows text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT * FROM new_rows'
        WHEN 'DELETE' THEN 'SELECT * FROM old_rows'
        ELSE '(SELECT * FROM new_rows EXCEPT SELECT * FROM old_rows)
              UNION ALL (SELECT * FROM old_rows EXCEPT SELECT * FROM new_rows)'
    END;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO huizen_change (what, key) VALUES (TG_TABLE_NAME, '');
        RETURN NULL;
    END IF;
    EXECUTE format(
        'INSERT INTO huizen_change (what, key) SELECT DISTINCT %L, coalesce(%I::text, '''') FROM (%s) AS changed',
        TG_TABLE_NAME, TG_ARGV[0], rows
    );
    RETURN NULL;
END $$;
"""
UNDO_FEED = "DROP FUNCTION huizen_note_change(); DROP TABLE huizen_change;"
EVENTS = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
    "truncate": "",
}


def feed_table() -> migrations.RunSQL:
    """Makes the feed; once, in the lowest app."""
    return migrations.RunSQL(FEED, UNDO_FEED)


def watch(table: str, key: str = "id") -> migrations.RunSQL:
    """Tell of every change of a table, by the column `key`: its own id, or that of what it belongs to.

    A row without that key, and a table that is emptied, are told as "everything".
    """
    create = "".join(
        f"CREATE TRIGGER {table}_{event}_noted AFTER {event.upper()} ON {table} {rows}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION huizen_note_change('{key}');\n"
        for event, rows in EVENTS.items()
    )
    undo = "".join(f"DROP TRIGGER {table}_{event}_noted ON {table};\n" for event in EVENTS)
    return migrations.RunSQL(create, undo)


def watch_column(table: str, column: str) -> migrations.RunSQL:
    """Tell only when this column of a row changes, by its id: for a table of which much changes that nobody shows."""
    name = f"{table}_{column}_noted"
    create = f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO huizen_change (what, key) VALUES (TG_TABLE_NAME, NEW.id::text);
    RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER UPDATE OF {column} ON {table}
    FOR EACH ROW WHEN (OLD.{column} IS DISTINCT FROM NEW.{column}) EXECUTE FUNCTION {name}();
"""  # noqa: S608 names of our own
    return migrations.RunSQL(create, f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();")
