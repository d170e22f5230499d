"""Scores what a machine said of footage against what is true of it."""
