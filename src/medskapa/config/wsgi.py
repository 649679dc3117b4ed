"""All pages, as a WSGI application. Live streams are not in it: see ``asgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medskapa.config.settings")

application = get_wsgi_application()
