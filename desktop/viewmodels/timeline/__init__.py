"""What each window was at which time of a day, and how long in all."""
