"""What the page of cards and the page of official papers share."""
