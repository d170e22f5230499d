"""Data only: entities, rules, templates, calendars, icons, translations, manual."""
