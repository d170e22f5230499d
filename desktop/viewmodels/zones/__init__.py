"""Drawing the areas of windows on a camera's picture."""
