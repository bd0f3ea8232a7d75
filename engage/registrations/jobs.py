"""What the clock ticks in registrations."""

from engage.core.clock import Job

JOBS: tuple[Job, ...] = ()
