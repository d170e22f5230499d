"""The doors of the server: HTTP under /v1, refusals as problem details."""
