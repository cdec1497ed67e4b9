"""What was handed in, asked or decided is only added: a trigger refuses changes. Losing an erased account is allowed,
and a document with a request loses its file once, after years.
"""

from django.db import migrations

#: The table, and the account that may be erased in it.
TABLES = {
    "reportversion": "submitted_by_id",
    "decision": "by_id",
    "applicationversion": "submitted_by_id",
    "applicationdecision": "by_id",
    "amendment": "asked_by_id",
    "amendmentdecision": "by_id",
    "budgetshift": "",
}
FUNCTION = """
CREATE FUNCTION projects_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who text := TG_ARGV[0];
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) ->> who IS NULL AND to_jsonb(NEW) - who = to_jsonb(OLD) - who THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was handed in or decided is kept as it was.' USING ERRCODE = 'check_violation';
END $$;
"""
FILES = """
CREATE FUNCTION projects_file_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    goes text[] := ARRAY['file', 'erased_at'];
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
        AND to_jsonb(NEW) - goes = to_jsonb(OLD) - goes THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was handed in or decided is kept as it was.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER projects_amendmentfile_append_only BEFORE UPDATE OR DELETE ON projects_amendmentfile
    FOR EACH ROW EXECUTE FUNCTION projects_file_stays();
"""
DROP_FILES = (
    "DROP TRIGGER projects_amendmentfile_append_only ON projects_amendmentfile; DROP FUNCTION projects_file_stays();"
)
CREATE = FUNCTION + "\n".join(
    f"CREATE TRIGGER projects_{table}_append_only BEFORE UPDATE OR DELETE ON projects_{table}"
    f" FOR EACH ROW EXECUTE FUNCTION projects_append_only('{who}');"
    for table, who in TABLES.items()
)
DROP = "\n".join(f"DROP TRIGGER projects_{table}_append_only ON projects_{table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_survey_frozen")]
    operations = [
        migrations.RunSQL(CREATE, DROP + "\nDROP FUNCTION projects_append_only();"),
        migrations.RunSQL(FILES, DROP_FILES),
    ]
