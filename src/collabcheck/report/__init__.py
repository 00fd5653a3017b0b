"""The report as blocks, and one writer for each format."""
