"""How much each rule counts: points that add up for the liveness a signal points to.

Points are log-odds: a lead of 2.2 over all other livenesses together is nine to one (verdict.py). They come from three
tables. `BY_DEFINITION` holds the rules that no stored page can teach, because they look at what is not in it: statuses,
redirects, addresses, headers, the site. `START` holds, for each rule that looks into pages, what it counts until pages
were seen; `FITTED` (fitted_weights.py) what it counts after `python -m benchmarks.fit_weights`, with date and figures.
A rule that is in none of them cannot make a signal.
"""

from __future__ import annotations

from pipelines.fitted_weights import FITTED, NO_SIGN_OF_LIFE

__all__ = ["BY_DEFINITION", "NO_SIGN_OF_LIFE", "START", "WEIGHTS"]

BY_DEFINITION: dict[str, float] = {
    # no answer, and what the status line says
    "status.no-answer": 12.0,
    "status.host-gone": 14.2,
    "status.gone": 10.0,
    "status.missing": 8.0,
    "status.refused": 6.0,
    "status.payment": 7.0,
    "status.server-error": 8.0,
    "status.client-error": 5.0,
    "status.redirect-unfollowed": 6.0,
    "status.no-content": 7.0,
    # where redirects led
    "redirect.home": 7.0,
    "redirect.missing-page": 8.0,
    "redirect.login": 6.0,
    "redirect.consent": 6.0,
    "redirect.elsewhere": 1.0,
    "redirect.refresh-home": 4.0,
    "redirect.own-address-home": 3.0,
    "redirect.own-address-elsewhere": 1.5,
    # headers, addresses and media types
    "vendor.blocked-header": 8.0,
    "life.canonical": 0.5,
    "life.file": 4.0,
    # what the site's other pages teach
    "site.missing-page": 9.0,
    "site.repeated-text": 6.0,
}

START: dict[str, float] = {
    # words in the title, in the main heading, and in a body with no article beside them
    "words.title-whole": 8.0,
    "words.title": 4.5,
    "words.title-part": 2.5,
    "words.heading-whole": 6.0,
    "words.heading": 4.0,
    "words.heading-part": 2.0,
    "words.heading-again": 2.0,
    "words.title-bare": 3.0,
    "words.heading-bare": 3.0,
    "words.message-again": 1.5,
    "words.body-again": 1.0,
    "words.message": 3.0,
    "words.body": 3.0,
    "words.message-beside-little": 3.0,
    "words.body-beside-little": 1.5,
    "words.message-beside-much": 1.5,
    # what templates write of a page
    "mark.error-name": 5.0,
    "mark.error-name-within": 2.0,
    "mark.error-tracked": 4.0,
    "mark.error-address": 5.0,
    "mark.noindex": 1.0,
    "mark.title-is-host": 3.0,
    # what only machines read
    "vendor.blocked": 5.0,
    "vendor.captcha": 2.5,
    "vendor.parked": 4.5,
    "vendor.missing": 4.5,
    "vendor.error": 4.5,
    "vendor.placeholder": 4.5,
    # forms
    "form.password": 3.5,
    "form.sign-in": 3.0,
    "form.consent": 3.0,
    "form.consent-platform": 1.5,
    "form.captcha": 3.0,
    # paywalls: the page has every mark of life, so the sign has to outweigh them all
    "paywall.declared": 9.0,
    "paywall.markup": 4.0,
    # nothing to read
    "shell.nothing": 5.0,
    "shell.script": 4.0,
    "shell.leads-away": 3.0,
    "shell.frames": 4.0,
    "shell.asks-for-script": 3.0,
    # life
    "life.article-data": 3.0,
    "life.article-type": 1.5,
    "life.date": 1.0,
    "life.time": 1.0,
    "life.author": 0.5,
    "life.heading-agrees": 0.5,
    "life.long-prose": 2.0,
    "life.prose": 1.5,
    "life.some-prose": 1.0,
    "life.little-prose": 0.5,
    "life.long-running": 2.0,
    "life.running": 1.5,
    "life.some-running": 1.0,
    "life.little-running": 0.5,
    "life.prose-under-message": 1.0,
    "life.long-unbroken": 1.5,
    "life.unbroken": 1.0,
    "life.some-unbroken": 0.5,
}

WEIGHTS: dict[str, float] = BY_DEFINITION | START | FITTED
"""What each rule counts."""
