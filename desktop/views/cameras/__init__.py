"""Cameras and the areas that are judged on their pictures."""
