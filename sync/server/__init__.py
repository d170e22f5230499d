"""The central server: it orders, checks and keeps envelopes, and knows no card."""
