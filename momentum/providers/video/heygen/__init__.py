"""HeyGen, by its HTTP interface of version 3: avatars speak the script of a video."""

HEYGEN = "heygen"
