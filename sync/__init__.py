"""An instrument: sealed envelopes and blobs between machines, and the central server."""
