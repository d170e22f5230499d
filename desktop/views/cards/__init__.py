"""The page of cards: the list, and a card beside its paper."""
