"""Fetching and the command line: the only folder that knows Scrapy."""
