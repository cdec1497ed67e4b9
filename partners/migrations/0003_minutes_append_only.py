"""What was minuted stays as it was: a trigger refuses changes. Losing the author (an erased account) is allowed."""

from django.db import migrations

CREATE = """
CREATE FUNCTION partners_minutesrevision_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept partners_minutesrevision := NEW;
BEGIN
    kept.author_id := OLD.author_id;
    IF kept IS DISTINCT FROM OLD OR NEW.author_id IS NOT NULL THEN
        RAISE EXCEPTION 'Minutes are only added to.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER partners_minutesrevision_append_only BEFORE UPDATE ON partners_minutesrevision
    FOR EACH ROW EXECUTE FUNCTION partners_minutesrevision_append_only();
"""
DROP = """
DROP TRIGGER partners_minutesrevision_append_only ON partners_minutesrevision;
DROP FUNCTION partners_minutesrevision_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_changes")]
    operations = [migrations.RunSQL(CREATE, DROP)]
