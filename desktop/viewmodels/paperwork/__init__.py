"""What the card desk and the desk of official papers share."""
