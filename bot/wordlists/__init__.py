"""Writes the word lists that mending and the language of a message read; run when the training messages have changed."""
