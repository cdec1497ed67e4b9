"""The logbook is only added to: a trigger refuses changes. Losing the actor (an erased account) is allowed."""

from django.db import migrations

CREATE = """
CREATE FUNCTION huizen_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept huizen_event := NEW;
BEGIN
    kept.actor_id := OLD.actor_id;
    IF kept IS DISTINCT FROM OLD OR NEW.actor_id IS NOT NULL THEN
        RAISE EXCEPTION 'The logbook is only added to.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER huizen_event_append_only BEFORE UPDATE ON huizen_event
    FOR EACH ROW EXECUTE FUNCTION huizen_event_append_only();
"""
DROP = "DROP TRIGGER huizen_event_append_only ON huizen_event; DROP FUNCTION huizen_event_append_only();"


class Migration(migrations.Migration):
    dependencies = [("huizen", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
