"""All that client and server share: envelopes, their seals, results and pages."""

VERSION = "1"
MOST_OPS = 1000  # names of changes in one question
KEPT_DAYS = 400  # how long results are kept: longer than the longest time offline
# Schemas of records that are understood; a device says its own in every change.
OLDEST_SCHEMA = 1
NEWEST_SCHEMA = 1
REGION = "region"  # the scope of what belongs to no hall
