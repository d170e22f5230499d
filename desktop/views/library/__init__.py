"""The page of legal bases and organ profiles."""
