"""Evidence on the screen: looked at, marked on copies, taken out with a reason."""
