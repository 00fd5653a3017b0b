"""Blank forms: ways to answer without a terminal."""
