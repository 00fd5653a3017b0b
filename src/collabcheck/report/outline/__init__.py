"""From results to reports: the only place that writes report sentences."""
