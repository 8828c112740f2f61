"""Fetching and the command line: the only folder that knows Scrapy."""

VERSION = "0.1.0"
"""The version of newsclip; pyproject.toml says the same, and a test compares them."""
