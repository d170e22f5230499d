"""All that client and server share: envelopes, their seals, results and pages."""

VERSION = "1"
# Schemas of records that are understood; a device says its own in every change.
OLDEST_SCHEMA = 1
NEWEST_SCHEMA = 1
REGION = "region"  # the scope of what belongs to no hall
