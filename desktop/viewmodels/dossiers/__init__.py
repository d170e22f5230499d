"""Case files on the screen: the list, the one that lies open, and archives from elsewhere."""
