"""The composition root, without widgets: builds store, use cases, bridges and workers once."""
