"""Versions of reports and decisions are only added: a trigger refuses changes. Losing an erased account is allowed."""

from django.db import migrations

CREATE = """
CREATE FUNCTION projects_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who text := TG_ARGV[0];
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) ->> who IS NULL AND to_jsonb(NEW) - who = to_jsonb(OLD) - who THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was handed in or decided is kept as it was.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER projects_reportversion_append_only BEFORE UPDATE OR DELETE ON projects_reportversion
    FOR EACH ROW EXECUTE FUNCTION projects_append_only('submitted_by_id');
CREATE TRIGGER projects_decision_append_only BEFORE UPDATE OR DELETE ON projects_decision
    FOR EACH ROW EXECUTE FUNCTION projects_append_only('by_id');
"""
DROP = """
DROP TRIGGER projects_reportversion_append_only ON projects_reportversion;
DROP TRIGGER projects_decision_append_only ON projects_decision;
DROP FUNCTION projects_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_survey_frozen")]
    operations = [migrations.RunSQL(CREATE, DROP)]
