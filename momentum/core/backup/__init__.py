"""Everything that can't be made again, in one file and back. It needs no Django."""

from momentum.core.backup.archive import backup, restore
from momentum.core.backup.manifest import Manifest

__all__ = ["Manifest", "backup", "restore"]
