"""The environment is read once, and what is wrong is named."""

import pytest

from engage import config

PRODUCTION = {
    "ENGAGE_ENV": "production",
    "ENGAGE_SECRET_KEY": "s" * 40,
    "ENGAGE_DATA_KEY": "YW5vdGhlci1rZXktZm9yLXRoZS10ZXN0cy1vbmx5ISE=",
    "ENGAGE_BASE_URL": "https://meet.example.org",
    "ENGAGE_DATABASE_URL": "postgresql://engage@db/engage",
    "ENGAGE_SMTP_URL": "smtp://user:p%40ss@mail.example.org:587/?starttls=1",
}


def test_a_complete_production_environment_is_taken():
    found = config.load(PRODUCTION)
    assert found.database_url == "postgresql+psycopg://engage@db/engage"
    mail = found.mail
    assert (mail.host, mail.port, mail.password, mail.starttls) == ("mail.example.org", 587, "p@ss", True)


@pytest.mark.parametrize("variable, value", [
    ("ENGAGE_ENV", "staging"),
    ("ENGAGE_SECRET_KEY", ""),
    ("ENGAGE_SECRET_KEY", "short"),
    ("ENGAGE_SECRET_KEY", config.DEVELOPMENT_SECRET),
    ("ENGAGE_DATA_KEY", "not base64"),
    ("ENGAGE_DATA_KEY", config.DEVELOPMENT_DATA_KEY),
    ("ENGAGE_BASE_URL", "http://meet.example.org"),
    ("ENGAGE_BASE_URL", "https://meet.example.org/path"),
    ("ENGAGE_DATABASE_URL", "mysql://db/engage"),
    ("ENGAGE_SMTP_URL", "file:var/mail"),
    ("ENGAGE_SMTP_URL", "smtp://host:99999"),
    ("ENGAGE_CLOCK_FILE", "/clock"),
    ("ENGAGE_TRUSTED_PROXIES", "two"),
])
def test_a_wrong_variable_is_named(variable, value):
    with pytest.raises(config.ConfigError, match=variable):
        config.load({**PRODUCTION, variable: value})
