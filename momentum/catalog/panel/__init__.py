"""The administrator's pages of the catalogue."""
