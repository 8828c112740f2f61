"""The weights as fitted: written by `python -m benchmarks.fit_weights`, not by hand.

2026-11-24, 2,176 pages of 2,043 sites; each page judged by
weights fitted without its site (5 folds), held to their start with 3:

    precision               0.9975
    recall                  0.9621
    soft 404s caught        273/284
    verdict as labelled     0.8586
    hard live pages wrong   1/52
    articles wrong          6/1702

    confidence      pages   mean   right
    0.5 to 0.6         28  0.554   0.750
    0.6 to 0.7         30  0.659   0.900
    0.7 to 0.8         27  0.736   0.889
    0.8 to 0.9         55  0.863   0.836
    0.9 to 0.95        49  0.927   0.980
    0.95 to 0.98      106  0.968   0.981
    0.98 to 0.995     269  0.989   0.974
    0.995 to 1       1581  0.999   0.994
"""

from __future__ import annotations

NO_SIGN_OF_LIFE = -0.12
"""Points that being live has before anything is seen."""

FITTED: dict[str, float] = {
    "form.consent": 3.01,  # 1 pages, right on 1
    "form.password": 3.64,  # 33 pages, right on 16
    "life.article-data": 3.49,  # 605 pages, right on 604
    "life.article-type": 2.35,  # 1184 pages, right on 1174
    "life.date": 1.22,  # 830 pages, right on 823
    "life.heading-agrees": 1.43,  # 1326 pages, right on 1305
    "life.little-prose": 0.39,  # 144 pages, right on 15
    "life.little-running": 0.78,  # 179 pages, right on 53
    "life.long-prose": 2.29,  # 1403 pages, right on 1394
    "life.long-running": 2.35,  # 1128 pages, right on 1125
    "life.long-unbroken": 1.97,  # 1623 pages, right on 1598
    "life.prose": 1.45,  # 288 pages, right on 262
    "life.running": 1.48,  # 409 pages, right on 397
    "life.some-prose": 1.25,  # 143 pages, right on 73
    "life.some-running": 0.41,  # 211 pages, right on 159
    "life.some-unbroken": 0.49,  # 118 pages, right on 20
    "life.unbroken": 1.24,  # 199 pages, right on 124
    "paywall.declared": 8.54,  # 2 pages, right on 0
    "paywall.markup": 3.50,  # 5 pages, right on 0
    "shell.asks-for-script": 2.58,  # 4 pages, right on 1
    "shell.nothing": 4.18,  # 22 pages, right on 14
    "shell.script": 4.00,  # 5 pages, right on 5
    "vendor.blocked": 5.07,  # 12 pages, right on 12
    "vendor.captcha": 2.71,  # 3 pages, right on 1
    "vendor.parked": 4.59,  # 15 pages, right on 15
    "words.body": 3.56,  # 85 pages, right on 84
    "words.body-beside-little": 2.16,  # 18 pages, right on 16
    "words.heading": 2.97,  # 33 pages, right on 29
    "words.heading-bare": 3.55,  # 56 pages, right on 53
    "words.heading-part": 1.15,  # 15 pages, right on 12
    "words.heading-whole": 4.54,  # 104 pages, right on 99
    "words.message": 3.19,  # 154 pages, right on 143
    "words.message-beside-little": 2.74,  # 18 pages, right on 15
    "words.message-beside-much": 1.50,  # 4 pages, right on 1
    "words.title": 4.34,  # 56 pages, right on 52
    "words.title-bare": 3.32,  # 62 pages, right on 53
    "words.title-part": 3.19,  # 21 pages, right on 21
    "words.title-whole": 6.96,  # 175 pages, right on 169
}
