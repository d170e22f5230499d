"""Where video's and sync's words become supervision's words, and nowhere else."""
