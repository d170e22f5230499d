"""The values every stage of the video wing speaks in: frozen, validated when made, free of I/O."""
