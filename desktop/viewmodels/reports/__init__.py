"""The screen on which an efficiency report is made."""
