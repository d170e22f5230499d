"""The page of registers."""
