"""The web as gunicorn starts it: `gunicorn web.wsgi:app`, settings from TT_* variables."""

from controller.settings import from_environment
from web.application import create_app
from web.long_lived import keep_what_stands
from web.nudge import connect, silence

_settings = from_environment()
app = create_app(_settings, nudge=connect(_settings) or silence)
keep_what_stands()
