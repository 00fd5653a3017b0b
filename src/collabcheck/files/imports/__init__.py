"""Answers from the tables of other programs: what each column holds, what each cell says, one sheet a row."""
