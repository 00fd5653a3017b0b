"""Broken and made-up files by the million: how they are made, how they are read, and what must hold of each."""
