"""What a person may do: one function, one intention, one transaction."""
