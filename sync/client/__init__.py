"""The device's side: a session with the server, and rounds of push, upload, pull and fetch."""
