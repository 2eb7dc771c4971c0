"""Figures about the whole: who comes, and what becomes of it."""
