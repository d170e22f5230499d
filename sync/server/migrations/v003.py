"""Schema 3: who last changed a record is found without reading its hall's whole log."""

STATEMENTS = ("CREATE INDEX change_record ON change (entity, id, ver)",)
