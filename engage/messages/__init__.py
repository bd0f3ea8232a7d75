"""Letters: the outbox, what people want to receive, delivery. Knows addresses, not people."""
