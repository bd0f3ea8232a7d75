"""The clock: one in-memory scheduler ticks the jobs. The truth about due work is rows, so any
number of workers, on any machines, is one."""

import signal
from datetime import UTC, datetime
from types import FrameType
from uuid import uuid4

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask

from engage.app import jobs
from engage.core import clock, i18n
from engage.core.clock import Job

log = structlog.get_logger()

ROUNDS = 200  # of `--once`: work that makes work ends long before


def tick(app: Flask, job: Job) -> int:
    """Run a job once and return how many items it did; a failure is logged, never fatal."""
    with app.app_context():
        i18n.choose(None)
        try:
            done = job.run(clock.now())
        except Exception as error:
            log.exception("job_failed", job=job.name, error=type(error).__name__, id=str(uuid4()))
            return 0
    if done:
        log.info("job_done", job=job.name, items=done)
    return done


def once(app: Flask) -> None:
    """Do all that is due, again until nothing is."""
    for _ in range(ROUNDS):
        if not sum(tick(app, job) for job in jobs()):
            return


def forever(app: Flask) -> None:
    """Tick until SIGTERM or SIGINT; a job under way is finished first."""
    scheduler = BlockingScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(4)})
    for job in jobs():
        scheduler.add_job(
            tick, "interval", (app, job), seconds=job.every.total_seconds(), id=job.name, next_run_time=datetime.now(UTC),
            coalesce=True, max_instances=1, misfire_grace_time=None,
        )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        scheduler.shutdown(wait=False)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    log.info("worker_started", jobs=len(jobs()))
    scheduler.start()
