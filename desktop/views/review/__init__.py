"""The page on which findings are verified: what waits, the evidence, my decision."""
