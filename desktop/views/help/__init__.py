"""Help on the screen."""
