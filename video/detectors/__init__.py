"""From a crop of a picture to the persons in it."""
