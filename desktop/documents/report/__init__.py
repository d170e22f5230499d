"""The efficiency report on paper: cover, chapters, tables, charts, annexes and unit pages."""
