"""Asking in a terminal. Everything here is written to standard error, so that standard output holds the report."""
