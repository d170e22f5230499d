"""The page of approval cases (办件监察)."""
