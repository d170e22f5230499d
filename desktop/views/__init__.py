"""Widgets only: layout, painting, focus, shortcuts. No decision is taken here."""
