"""What the cameras see at this moment, followed for the screens."""
