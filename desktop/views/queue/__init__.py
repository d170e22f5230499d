"""排队叫号: the day in the queue, and the import of its tickets."""
