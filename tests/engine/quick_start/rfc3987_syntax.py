"""Stands before the package of this name in the processes of Ray: to import that one compiles a grammar, a second and a
half in each of them, for a check of addresses that Ray does not make. It comes with the development tools alone.
"""

raise ImportError
