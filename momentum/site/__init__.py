"""Settings that an administrator may change: typed sections, declared by apps in their `site_settings.py`."""
