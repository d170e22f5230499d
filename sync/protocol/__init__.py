"""All that client and server share: envelopes, their seals, results and pages."""

VERSION = "1"
REGION = "region"  # the scope of what belongs to no hall
