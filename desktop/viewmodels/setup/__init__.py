"""Setting up a hall: one step after another, each of which can wait."""
