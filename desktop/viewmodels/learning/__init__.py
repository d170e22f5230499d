"""What a hall teaches its cameras about its seats."""
