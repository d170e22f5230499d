"""Inspections on the screen: what is planned, the window one stands at, what was found."""
