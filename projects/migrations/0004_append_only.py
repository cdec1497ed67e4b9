"""What was handed in, asked or decided is only added: a trigger refuses changes. Losing an erased account is allowed."""

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
CREATE = FUNCTION + "\n".join(
    f"CREATE TRIGGER projects_{table}_append_only BEFORE UPDATE OR DELETE ON projects_{table}"
    f" FOR EACH ROW EXECUTE FUNCTION projects_append_only('{who}');"
    for table, who in TABLES.items()
)
DROP = "\n".join(f"DROP TRIGGER projects_{table}_append_only ON projects_{table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_survey_frozen")]
    operations = [migrations.RunSQL(CREATE, DROP + "\nDROP FUNCTION projects_append_only();")]
