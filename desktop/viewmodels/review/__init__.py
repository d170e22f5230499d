"""The screen on which people verify what a machine proposes."""
