"""The database engine: Django's for PostgreSQL, which asks less often whether it is still connected."""
