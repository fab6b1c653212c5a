"""The case on disk: SQLite for the record, Parquet for events, the ledger. The only SQL."""
