"""Tests of what the author of a pack is told."""
