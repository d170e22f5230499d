"""Supervision rules: data from files, bound to small pure functions; one module a family."""
