"""Timelines: what each window was at which time, drawn and as tables."""
