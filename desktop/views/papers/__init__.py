"""Widgets of official papers."""
