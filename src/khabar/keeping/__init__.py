"""Keeping a base safe: what is wrong with it, backups of it, and getting it back."""

from __future__ import annotations

from khabar.keeping.backup import Backup, write_backup
from khabar.keeping.examine import examine
from khabar.keeping.restore import restore_backup, verify_backup

__all__ = ["Backup", "examine", "restore_backup", "verify_backup", "write_backup"]
