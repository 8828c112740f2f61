"""Fetching and the command line: the only folder that knows Scrapy."""

VERSION = "0.1.0"
