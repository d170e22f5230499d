"""The areas of a window in a picture, and what one tick sees in them."""
