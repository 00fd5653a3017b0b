"""Many organisations: each combination of answers is scored once, and all else is counted in whole numbers."""
