"""The SQLite backend of the ledger: writers take turns."""
