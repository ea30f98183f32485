"""Sample reports written for this project, and their golden claims."""
