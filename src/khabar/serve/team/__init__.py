"""A workbench for several people: who they are, what each may do, and where that is checked."""
