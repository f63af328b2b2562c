"""Which classifier reads debtors best: the same messages, the same folds, every contestant."""
