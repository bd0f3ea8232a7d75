"""What feedback does when something happens below it."""
