"""The only place that spells a Scrapy setting.

`newsclip` runs with this dict, and so does `scrapy crawl` (through project.py). Why a value is what it is stands beside
it; the measured ones are in docs/performance.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler import VERSION

if TYPE_CHECKING:
    from crawler.config import Settings


def user_agent(settings: Settings) -> str:
    """Return the User-Agent: the one set, or newsclip's own with the operator as contact (RFC 9110 section 10.1.5)."""
    if settings.fetch.user_agent:
        return settings.fetch.user_agent
    contact = f" (+{settings.collection.operator})" if settings.collection.operator else ""
    return f"newsclip/{VERSION}{contact}"


def scrapy_settings(settings: Settings) -> dict[str, Any]:
    """Return the Scrapy settings for a crawl of ours."""
    fetch = settings.fetch
    return {
        "BOT_NAME": "newsclip",
        "SPIDER_MODULES": ["crawler.spiders"],
        "NEWSPIDER_MODULE": "crawler.spiders",
        "USER_AGENT": user_agent(settings),
        "DEFAULT_REQUEST_HEADERS": {
            "User-Agent": user_agent(settings),
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "en,*;q=0.5",
            # Every WARC reader decodes these two; brotli and zstd break warcio and pywb (webrecorder/warcio#73).
            "Accept-Encoding": "gzip, deflate",
        },
        "DOWNLOAD_HANDLERS": {
            "http": "crawler.wire.WireDownloadHandler",
            "https": "crawler.wire.WireDownloadHandler",
            "data": None,
            "file": None,
            "ftp": None,
            "s3": None,
        },
        "NEWSCLIP_MAX_BYTES": fetch.max_bytes,
        "NEWSCLIP_TIMEOUT": fetch.timeout,
        "NEWSCLIP_ALLOW_NETWORKS": list(fetch.allow_networks),
        "NEWSCLIP_DELAY": fetch.delay,
        "NEWSCLIP_MAX_DELAY": fetch.max_delay,
        "NEWSCLIP_MAX_REST": fetch.max_rest,
        "NEWSCLIP_MAX_FAILURES": fetch.max_failures,
        "NEWSCLIP_CONCURRENCY": fetch.concurrency,
        "NEWSCLIP_PER_HOST": fetch.per_host,
        "ITEM_PIPELINES": {"crawler.handover.Handover": 100},
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawler.robots.RobotsForAll": 100,
            # Behind redirects and retries, whose requests are new ones: a condition is for one address.
            "crawler.conditions.Conditions": 690,
            "crawler.cookies.TargetCookies": 700,
            # The archive keeps codings as they were sent; bodies are decoded in the workers.
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            # A refresh in the markup is part of the page, not of the way to it.
            "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
            "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
            "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,
            "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
        },
        "SPIDER_MIDDLEWARES": {
            "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
            "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
            "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
            "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
        },
        # Of Scrapy's own none is for us; remote_control alone imports aiohttp, 0.2 s.
        "EXTENSIONS": {
            "crawler.manners.Manners": 0,
            "scrapy.extensions.remote_control.RemoteControl": None,
            "scrapy.extensions.feedexport.FeedExporter": None,
            "scrapy.extensions.throttle.AutoThrottle": None,
            "scrapy.extensions.corestats.CoreStats": None,
            "scrapy.extensions.logstats.LogStats": None,
            "scrapy.extensions.memusage.MemoryUsage": None,
            "scrapy.extensions.telnet.TelnetConsole": None,
        },
        # No port is opened: the console and the remote control run arbitrary code for whoever reaches them.
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "TWISTED_REACTOR_ENABLED": False,
        # Scrapy's own cookies are one jar for all, and its middleware asks the network for a list of suffixes.
        "COOKIES_ENABLED": False,
        # Each page is asked for as a reader would who typed its address.
        "REFERRER_POLICY": "no-referrer",
        "ROBOTSTXT_OBEY": fetch.robots == "obey",
        "ROBOTSTXT_USER_AGENT": "newsclip",
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        # Scrapy counts what waits for its host as under way, so that a few slow hosts would hold up all others:
        # it sends everything on at once, and crawler/manners.py gives the turns. 0 is for no limit.
        "CONCURRENT_REQUESTS": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1_000_000,
        "DOWNLOAD_DELAY": 0,
        # Scrapy starts one task for each of these with every response (scrapy#5182): 4 instead of 100 saves 0.8 ms.
        "CONCURRENT_ITEMS": 4,
        # Pages wait there for the probe of their site; at Scrapy's 5 MB they would hold up the pages of all others.
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 50_000_000,
        "RETRY_TIMES": fetch.retries,
        # An answer is an answer: 5xx and 429 are captured and judged, not asked again at once.
        "RETRY_HTTP_CODES": [],
        # What our wire raises; Scrapy's own list would import its HTTP handler, 0.2 s.
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.CannotResolveHostError",
            "scrapy.exceptions.DownloadConnectionRefusedError",
            "scrapy.exceptions.DownloadFailedError",
            "scrapy.exceptions.DownloadTimeoutError",
        ],
        "REDIRECT_MAX_TIMES": fetch.redirects,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
    }
