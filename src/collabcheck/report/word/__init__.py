"""Report to a Word document."""
