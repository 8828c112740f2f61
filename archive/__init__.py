"""The archive: WARC files, index, text, and everything that reads them. Knows neither Scrapy nor trafilatura."""
