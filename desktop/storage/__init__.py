"""The case file on disk: encrypted SQLite, sealed evidence beside it, migrations, backup."""
