"""View-models of the approval cases: list, import, case, rules."""
