"""What a House handed in is frozen: a trigger refuses changes."""

from django.db import migrations

CREATE = """
CREATE FUNCTION projects_surveysubmission_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What a House handed in is frozen.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER projects_surveysubmission_frozen BEFORE UPDATE ON projects_surveysubmission
    FOR EACH ROW EXECUTE FUNCTION projects_surveysubmission_frozen();
"""
DROP = """
DROP TRIGGER projects_surveysubmission_frozen ON projects_surveysubmission;
DROP FUNCTION projects_surveysubmission_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_changes")]
    operations = [migrations.RunSQL(CREATE, DROP)]
