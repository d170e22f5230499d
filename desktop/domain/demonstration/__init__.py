"""Three months of a fictitious hall, the same each time: what samples and tests are made from.

It stands in the domain, not among the use cases: it keeps nothing and asks nobody, it only says
plain values, and the report's own tests rest on them.
"""
