"""What the machine offers: its keyring, one instance, logs and crash reports."""
