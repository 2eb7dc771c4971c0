"""Figures in the administrator's panel."""
