"""What gunicorn serves."""

from engage.app import create_app

app = create_app()
