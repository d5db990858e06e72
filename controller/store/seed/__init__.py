"""What a new database is filled with."""
