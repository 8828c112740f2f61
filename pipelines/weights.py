"""How much each rule counts, in one table: points that add up for the liveness a signal points to.

Points are log-odds by intent: a difference of 2.2 between two livenesses is read as nine to one (verdict.py). Set by
hand on the development pages, 2026-11: the figures they gave stand in docs/verdicts.md. A rule that is not in this
table cannot make a signal.
"""

from __future__ import annotations

WEIGHTS: dict[str, float] = {
    # no answer, and what the status line says
    "status.no-answer": 12.0,
    "status.host-gone": 13.0,
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
    # words in the title, in the main heading, and in a body with no article beside them
    "words.title-whole": 6.0,
    "words.title": 4.5,
    "words.title-part": 2.5,
    "words.heading-whole": 4.5,
    "words.heading": 4.0,
    "words.heading-part": 2.0,
    "words.body": 3.0,
    "words.body-beside-little": 1.5,
    # what only machines read
    "vendor.blocked": 5.0,
    "vendor.blocked-header": 8.0,
    "vendor.captcha": 2.5,
    "vendor.parked": 4.5,
    # forms
    "form.password": 3.5,
    "form.consent": 3.0,
    "form.captcha": 3.0,
    # paywalls: the page has every mark of life, so the sign has to outweigh them all
    "paywall.declared": 9.0,
    "paywall.markup": 4.0,
    # nothing to read
    "shell.nothing": 5.0,
    "shell.script": 4.0,
    "shell.asks-for-script": 3.0,
    # what the site's other pages teach
    "site.missing-page": 9.0,
    "site.repeated-text": 6.0,
    # life
    "life.article-data": 3.0,
    "life.article-type": 1.5,
    "life.date": 1.0,
    "life.canonical": 0.5,
    "life.heading-agrees": 0.5,
    "life.long-prose": 4.0,
    "life.prose": 3.0,
    "life.some-prose": 2.0,
    "life.little-prose": 1.0,
    "life.file": 4.0,
}

UNSURE = 0.9
"""Points that uncertainty itself has: a page whose best liveness has fewer is unsure."""
