"""What `scrapy.cfg` names: the Scrapy settings for `scrapy crawl`, from newsclip.toml and the environment."""

from __future__ import annotations

import os
import sys

from archive.errors import NewsclipError
from crawler.config import load_settings
from crawler.scrapy_settings import project_settings

try:
    globals().update(project_settings(load_settings(None, os.environ, {})))
except NewsclipError as error:
    sys.exit(f"newsclip: {error}")
