"""Search in the administrator's panel."""
