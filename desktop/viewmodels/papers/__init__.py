"""Official papers from their matter to their service, as the desk shows them."""
