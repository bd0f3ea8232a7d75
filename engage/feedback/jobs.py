"""What the clock ticks in feedback."""

from engage.core.clock import Job

JOBS: tuple[Job, ...] = ()
