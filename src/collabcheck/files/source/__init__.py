"""YAML and JSON text to plain data and the place of everything: the only door for both."""
