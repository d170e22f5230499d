"""The screen on which a card goes from draft to service."""
