"""The live wall: every camera with its windows outlined, and how each window is."""
