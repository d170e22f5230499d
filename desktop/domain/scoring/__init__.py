"""What a unit's work is worth: profiles as data, entries traced to findings, scores and grades."""
