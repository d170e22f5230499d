"""Queue tickets as their page shows them, and how a file of them is taken in."""
