"""The page of case files."""
