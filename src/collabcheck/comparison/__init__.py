"""Two assessments side by side: what has changed in one organisation, or how two would go together."""
