"""The first five minutes, before anybody is at the desk."""
