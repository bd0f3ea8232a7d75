"""The least a Flask app can do with this database: read one row, render a tiny template."""

import os

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import create_engine, text

PAGE = "<!doctype html><title>{{ row.slug }}</title><h1>{{ row.slug }}</h1><p>{{ row.seats_taken }} / {{ row.capacity }}</p>"
ROW = text("SELECT slug, capacity, seats_taken FROM events WHERE slug = :slug")

app = Flask(__name__)
app.jinja_loader = DictLoader({"page.html": PAGE})  # type: ignore[assignment]
engine = create_engine(os.environ["ENGAGE_DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://"))


@app.get("/events/<slug>")
def show(slug: str) -> str:
    with engine.connect() as connection:
        row = connection.execute(ROW, {"slug": slug}).one()
    return render_template("page.html", row=row)
