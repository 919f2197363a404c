"""The WSGI application, for waitress here or any other server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengben.server.settings")

application = get_wsgi_application()
