"""Events: proposal, review, publication, the people of an event, calendar."""
