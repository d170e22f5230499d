"""Schema 6: the number of the last parcel that came on a stick from each device."""

STATEMENTS = (
    "CREATE TABLE parcel (device_id VARCHAR NOT NULL, seq INTEGER NOT NULL, at VARCHAR NOT NULL,"
    " PRIMARY KEY (device_id))",
)
