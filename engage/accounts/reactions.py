"""What accounts does when something happens below it."""
