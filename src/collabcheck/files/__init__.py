"""Files in and out: YAML and JSON text, packs, answer sheets."""
