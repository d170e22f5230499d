"""The page of inspections: the list, the form that is gone through, the signature."""
