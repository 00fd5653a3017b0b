"""The command line: read files, call one pure function, write."""
