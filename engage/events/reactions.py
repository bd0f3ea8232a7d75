"""What events does when something happens below it."""
