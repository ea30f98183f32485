"""The workbench: pages and API over the store."""
