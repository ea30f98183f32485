"""What goes wrong for real, in real processes; `tools/faults.py` runs the same at length."""
