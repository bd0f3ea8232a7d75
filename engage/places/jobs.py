"""What the clock ticks in places."""

from engage.core.clock import Job

JOBS: tuple[Job, ...] = ()
