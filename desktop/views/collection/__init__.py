"""The page of collection duties."""
