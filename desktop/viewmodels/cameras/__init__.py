"""Adding, changing and trying out cameras."""
