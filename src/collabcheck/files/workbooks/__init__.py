"""Excel workbooks that strangers send: read within limits, never run."""
