"""Files that somebody made to do harm, or that went wrong on their way: each by its name, with what must be said."""
