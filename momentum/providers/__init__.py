"""Adapters: the only package in which a vendor's SDK, binary or protocol appears."""
