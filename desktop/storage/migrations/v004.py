"""Schema 4: what the outbox needs to know after the server came back from a backup."""

from sync.outbox import V2 as OUTBOX

STATEMENTS = OUTBOX
