"""How well the assistant understands: figures, confusions and the worst messages of the test sets."""
