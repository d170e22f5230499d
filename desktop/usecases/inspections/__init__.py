"""Inspections of windows: planned, gone through item by item, sealed with what was found."""
