"""Discovery: where the articles are. Pure functions from a feed, a sitemap or a section page to the addresses in it."""
