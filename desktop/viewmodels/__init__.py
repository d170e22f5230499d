"""What a screen shows and can do, without a widget."""
