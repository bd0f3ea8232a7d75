"""What registrations does when something happens below it."""
