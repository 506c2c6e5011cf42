"""The application that a web server calls."""

import gc

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
gc.collect()
gc.freeze()  # what stands now stands as long as the process: the collector need not walk through it again
