"""Large bytes by digest, sent and fetched in pieces that survive a broken line."""
