"""Schema 5: what is being written, before it is an act."""

STATEMENTS = ("CREATE TABLE scratch (place TEXT PRIMARY KEY, words TEXT NOT NULL) STRICT",)
