"""Structured logs, without names or addresses: events by name, things by id."""

import logging
import sys

import structlog

from engage.config import Config


def configure(config: Config) -> None:
    """Log lines of JSON in production, readable ones in development."""
    renderer = structlog.processors.JSONRenderer() if config.is_production else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
