"""A made-up world to measure in: a catalogue, learners, and what they did. The same for the same size and seed."""

from bench.world.follow import follow
from bench.world.load import load
from bench.world.size import BIG, SMALL, Size

__all__ = ["BIG", "SMALL", "Size", "follow", "load"]
