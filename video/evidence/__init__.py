"""What is kept of an absence: packets, pictures and observations, each under its own digest."""
