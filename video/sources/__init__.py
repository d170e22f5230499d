"""Where packets and pictures come from."""
