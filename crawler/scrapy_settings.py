"""The only place that spells a Scrapy setting.

`newsclip` runs with these, and so does `scrapy crawl` (through project.py). Why a value is what it is stands beside
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
        # Of Scrapy's own components those that are used: one that is set to None in the usual way is imported all the
        # same, which takes 0.3 s (remote_control imports aiohttp, and cookies a list of suffixes). Missing on purpose:
        # decoding (the archive keeps codings as they were sent; bodies are decoded in the workers), and following a
        # refresh in the markup, which is part of the page, not of the way to it.
        "DOWNLOADER_MIDDLEWARES_BASE": {
            "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
            "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
        },
        "DOWNLOADER_MIDDLEWARES": {
            "crawler.robots.RobotsForAll": 100,
            # Behind redirects and retries, whose requests are new ones: a condition is for one address.
            "crawler.conditions.Conditions": 690,
            "crawler.cookies.TargetCookies": 700,
        },
        "SPIDER_MIDDLEWARES_BASE": {
            "scrapy.spidermiddlewares.start.StartSpiderMiddleware": 25,
            "scrapy.spidermiddlewares.referer.RefererMiddleware": 700,
        },
        # For whoever says `scrapy crawl -s CLOSESPIDER_…`; no other extension of Scrapy's is for us.
        "EXTENSIONS_BASE": {"scrapy.extensions.closespider.CloseSpider": 0},
        "EXTENSIONS": {"crawler.manners.Manners": 0},
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


def project_settings(settings: Settings) -> dict[str, Any]:
    """Return the settings for `scrapy crawl`, which finds spiders by name; `newsclip` imports only the one it needs."""
    return scrapy_settings(settings) | {"SPIDER_MODULES": ["crawler.spiders"], "NEWSPIDER_MODULE": "crawler.spiders"}
