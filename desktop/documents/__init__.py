"""Paper: official notices laid out by GB/T 9704, their digests and their pictures."""
