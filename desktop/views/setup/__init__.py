"""Setting up a hall, chapter by chapter."""
