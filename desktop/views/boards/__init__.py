"""The page of the six boards."""
