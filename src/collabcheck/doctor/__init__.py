"""What the author of a pack should know before anybody answers it."""
