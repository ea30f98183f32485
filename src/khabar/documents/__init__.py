"""From files, feeds and folders to archived documents."""
