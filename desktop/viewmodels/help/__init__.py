"""The built-in manual: chapters, terms, keys and news."""
