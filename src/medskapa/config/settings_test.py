"""Settings for tests: nothing of the environment but the database, a folder of its own, mails kept in memory."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_DATA = Path(tempfile.mkdtemp(prefix="medskapa-test-"))
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("MEDSKAPA_") and name != "MEDSKAPA_DATABASE"]:
    del os.environ[_name]
os.environ |= {"MEDSKAPA_DATA": str(_DATA), "MEDSKAPA_DURABILITY": "normal"}

from medskapa.config.settings import *  # noqa: E402, F403  # the folder has to be set before

if not os.environ.get("MEDSKAPA_DATABASE"):
    DATABASES["default"]["TEST"] = {"NAME": str(_DATA / "test.sqlite3")}  # noqa: F405  # a file, as outside tests, and not in memory
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MEDSKAPA_PANELS_RAISE = True
