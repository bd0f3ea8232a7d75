"""What the clock ticks in attendance."""

from engage.core.clock import Job

JOBS: tuple[Job, ...] = ()
