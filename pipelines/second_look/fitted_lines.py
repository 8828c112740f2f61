"""The weights of lines as fitted: written by `python -m benchmarks.fit_lines`, not by hand.

2026-11-29, 1,739 pages of 1,790 sites; the figures are of texts made by weights fitted on the other half of the
sites:

    wcxb           712 pages  F1 0.9328 -> 0.9416  precision 0.9287 -> 0.9334  recall 0.9369 -> 0.9500  gain +0.0088 (+0.0061 to +0.0116)
    readability    130 pages  F1 0.9348 -> 0.9334  precision 0.9512 -> 0.9492  recall 0.9190 -> 0.9181  gain -0.0014 (-0.0040 to +0.0008)
    trafilatura    990 pages  F1 0.9297 -> 0.9387  precision 0.9203 -> 0.9307  recall 0.9393 -> 0.9468  gain +0.0090 (+0.0055 to +0.0126)
"""

from __future__ import annotations

IN_TEXT: dict[str, float] = {
    "a link": -0.53,  # 6593, 94% of them part of the article
    "address": -0.85,  # 349, 83% of them part of the article
    "adjacent": 0.53,  # 48941, 92% of them part of the article
    "after prose": -0.97,  # 2531, 75% of them part of the article
    "all link": -1.05,  # 1389, 76% of them part of the article
    "always": 4.14,  # 56287, 91% of them part of the article
    "asterisk": -0.61,  # 143, 80% of them part of the article
    "at": -0.80,  # 92, 65% of them part of the article
    "bar": -1.41,  # 211, 71% of them part of the article
    "before heading": -0.03,  # 7014, 90% of them part of the article
    "before link": -0.33,  # 1303, 77% of them part of the article
    "before prose": -1.29,  # 1003, 69% of them part of the article
    "behind a gap": -0.43,  # 581, 74% of them part of the article
    "behind heading": 0.22,  # 6841, 93% of them part of the article
    "behind link": -0.20,  # 1239, 77% of them part of the article
    "below 100": -0.16,  # 38697, 90% of them part of the article
    "below 15": 0.30,  # 11438, 90% of them part of the article
    "below 200": -1.34,  # 50443, 90% of them part of the article
    "below 30": -0.11,  # 20561, 90% of them part of the article
    "below 60": 0.15,  # 31852, 90% of them part of the article
    "bottom": -0.60,  # 1577, 63% of them part of the article
    "byline, long": -0.92,  # 108, 81% of them part of the article
    "byline, short": -0.40,  # 35, 80% of them part of the article
    "capitals": -0.80,  # 509, 83% of them part of the article
    "colon": 0.51,  # 2950, 94% of them part of the article
    "contents": -1.27,  # 28, 7% of them part of the article
    "copyright": -2.29,  # 15, 27% of them part of the article
    "credit, short": 0.10,  # 18, 83% of them part of the article
    "description": 0.80,  # 567, 94% of them part of the article
    "exclamation": -1.17,  # 634, 82% of them part of the article
    "far after prose": 0.74,  # 2531, 75% of them part of the article
    "far behind": -1.05,  # 139, 67% of them part of the article
    "figures": -0.24,  # 4238, 90% of them part of the article
    "heading after prose": -1.83,  # 187, 48% of them part of the article
    "heading of link": -0.62,  # 108, 70% of them part of the article
    "heading of nothing": -0.30,  # 905, 84% of them part of the article
    "in ad": -0.28,  # 351, 86% of them part of the article
    "in articleBody": 0.72,  # 2527, 99% of them part of the article
    "in author": -1.65,  # 99, 68% of them part of the article
    "in body": 0.22,  # 21049, 93% of them part of the article
    "in box": -0.09,  # 1798, 90% of them part of the article
    "in caption": -0.80,  # 269, 59% of them part of the article
    "in card": -0.77,  # 14179, 89% of them part of the article
    "in date": 0.66,  # 406, 95% of them part of the article
    "in form": 0.03,  # 1498, 91% of them part of the article
    "in header": -0.24,  # 414, 71% of them part of the article
    "in lead": 0.47,  # 1618, 94% of them part of the article
    "in legal": -1.08,  # 204, 80% of them part of the article
    "in media": -1.87,  # 502, 54% of them part of the article
    "in nav": -0.14,  # 1319, 92% of them part of the article
    "in place": -0.33,  # 54082, 91% of them part of the article
    "in prompt": -0.40,  # 1460, 78% of them part of the article
    "in related": -0.35,  # 279, 87% of them part of the article
    "in share": -0.20,  # 391, 91% of them part of the article
    "in side": 0.13,  # 6615, 91% of them part of the article
    "in tags": 0.92,  # 7201, 95% of them part of the article
    "in title": -0.52,  # 662, 91% of them part of the article
    "kind cell": 1.31,  # 7267, 93% of them part of the article
    "kind code": 0.19,  # 1016, 94% of them part of the article
    "kind head": 0.52,  # 10299, 93% of them part of the article
    "kind item": -0.44,  # 11627, 93% of them part of the article
    "kind other": -0.39,  # 237, 72% of them part of the article
    "kind p": -1.22,  # 25712, 89% of them part of the article
    "kind quote": 0.04,  # 129, 86% of them part of the article
    "last tenth": -0.99,  # 5436, 79% of them part of the article
    "line 0": 0.14,  # 856, 78% of them part of the article
    "line 1": 0.15,  # 721, 87% of them part of the article
    "line 2": 0.26,  # 701, 88% of them part of the article
    "linked item": 0.41,  # 371, 85% of them part of the article
    "lower case": 0.47,  # 1645, 92% of them part of the article
    "mostly link": -0.74,  # 736, 87% of them part of the article
    "near author": 0.40,  # 15, 33% of them part of the article
    "near body": -0.06,  # 11821, 93% of them part of the article
    "near box": -0.25,  # 493, 84% of them part of the article
    "near caption": -1.01,  # 109, 38% of them part of the article
    "near card": -0.00,  # 1465, 78% of them part of the article
    "near date": -0.06,  # 129, 75% of them part of the article
    "near form": 0.04,  # 551, 87% of them part of the article
    "near header": -0.78,  # 429, 73% of them part of the article
    "near lead": -0.37,  # 986, 73% of them part of the article
    "near legal": -2.75,  # 89, 20% of them part of the article
    "near media": 1.36,  # 150, 73% of them part of the article
    "near nav": -1.51,  # 338, 81% of them part of the article
    "near prompt": -2.35,  # 164, 29% of them part of the article
    "near related": -0.06,  # 38, 76% of them part of the article
    "near share": -0.19,  # 112, 86% of them part of the article
    "near side": -1.11,  # 2098, 89% of them part of the article
    "near tags": -0.55,  # 443, 79% of them part of the article
    "near title": -0.24,  # 3430, 88% of them part of the article
    "no block": 0.33,  # 2205, 94% of them part of the article
    "not in articleBody": -1.66,  # 244, 65% of them part of the article
    "out of order": -0.29,  # 91, 78% of them part of the article
    "part of title": 0.69,  # 60, 90% of them part of the article
    "partly link": -0.77,  # 1797, 88% of them part of the article
    "place of labels": -0.23,  # 15924, 88% of them part of the article
    "place of prose": -0.15,  # 29956, 93% of them part of the article
    "place share": 2.09,  # 54082, 91% of them part of the article
    "question": -0.47,  # 1728, 90% of them part of the article
    "said twice": -0.46,  # 7653, 89% of them part of the article
    "sentence": 0.76,  # 22617, 93% of them part of the article
    "short article": -0.36,  # 635, 85% of them part of the article
    "tag blockquote": -1.06,  # 43, 79% of them part of the article
    "tag div": -0.39,  # 962, 75% of them part of the article
    "tag h1": -0.59,  # 149, 70% of them part of the article
    "tag h2": 0.42,  # 3955, 91% of them part of the article
    "tag h3": 0.57,  # 4909, 95% of them part of the article
    "tag h4": 0.13,  # 1174, 93% of them part of the article
    "tag h5": -0.72,  # 204, 77% of them part of the article
    "tag h6": -0.12,  # 14, 57% of them part of the article
    "tag li": 0.72,  # 11271, 94% of them part of the article
    "tag other": -0.91,  # 582, 84% of them part of the article
    "tag p": 0.21,  # 23319, 90% of them part of the article
    "tag pre": -0.63,  # 291, 85% of them part of the article
    "tag td": -1.18,  # 6906, 92% of them part of the article
    "teaser": -0.11,  # 1644, 92% of them part of the article
    "title": 0.74,  # 20, 85% of them part of the article
    "top": -0.04,  # 1722, 78% of them part of the article
    "weight": -0.55,  # 56287, 91% of them part of the article
}
"""What the marks of lines that the extractor took count for."""

LEFT_OUT: dict[str, float] = {
    "a link": -0.47,  # 522, 28% of them part of the article
    "address": -0.70,  # 54, 26% of them part of the article
    "after prose": -0.33,  # 3798, 6% of them part of the article
    "after text": -1.70,  # 3562, 6% of them part of the article
    "always": -2.77,  # 11370, 27% of them part of the article
    "asterisk": 1.18,  # 20, 25% of them part of the article
    "at": 0.77,  # 57, 12% of them part of the article
    "bar": 0.22,  # 109, 17% of them part of the article
    "before prose": 0.29,  # 2700, 12% of them part of the article
    "before text": -1.01,  # 2400, 9% of them part of the article
    "below 100": -0.05,  # 9505, 25% of them part of the article
    "below 200": -1.30,  # 10824, 25% of them part of the article
    "below 30": -0.12,  # 4583, 23% of them part of the article
    "below 60": 0.35,  # 7888, 25% of them part of the article
    "between": 0.04,  # 4872, 52% of them part of the article
    "between, in place": -0.84,  # 456, 57% of them part of the article
    "byline, long": -0.63,  # 37, 5% of them part of the article
    "byline, short": 0.94,  # 166, 19% of them part of the article
    "capitals": 0.80,  # 131, 21% of them part of the article
    "colon": -0.26,  # 251, 17% of them part of the article
    "comments": -0.11,  # 10, 0% of them part of the article
    "container of next": 0.52,  # 137, 43% of them part of the article
    "container of previous": -1.47,  # 107, 29% of them part of the article
    "contents": -0.40,  # 65, 2% of them part of the article
    "copyright": -1.58,  # 107, 7% of them part of the article
    "credit, short": -1.33,  # 187, 8% of them part of the article
    "dated, short": -0.33,  # 162, 11% of them part of the article
    "description": 0.84,  # 213, 51% of them part of the article
    "description before prose": 0.95,  # 158, 51% of them part of the article
    "exclamation": -0.56,  # 288, 9% of them part of the article
    "figures": -0.11,  # 428, 10% of them part of the article
    "in ad": -0.20,  # 53, 34% of them part of the article
    "in articleBody": 0.86,  # 95, 80% of them part of the article
    "in author": -1.12,  # 310, 6% of them part of the article
    "in body": -0.11,  # 2434, 38% of them part of the article
    "in box": -0.57,  # 718, 30% of them part of the article
    "in caption": -0.98,  # 125, 7% of them part of the article
    "in card": 0.47,  # 3682, 31% of them part of the article
    "in comment": -1.42,  # 431, 1% of them part of the article
    "in date": -0.43,  # 161, 5% of them part of the article
    "in form": -0.52,  # 667, 10% of them part of the article
    "in header": -0.26,  # 883, 16% of them part of the article
    "in lead": -0.23,  # 213, 15% of them part of the article
    "in legal": -1.27,  # 84, 1% of them part of the article
    "in media": 0.07,  # 452, 16% of them part of the article
    "in nav": -0.65,  # 464, 18% of them part of the article
    "in place": 1.43,  # 583, 52% of them part of the article
    "in prompt": -0.77,  # 835, 4% of them part of the article
    "in related": -0.90,  # 375, 15% of them part of the article
    "in share": -0.37,  # 130, 9% of them part of the article
    "in side": -0.27,  # 2020, 21% of them part of the article
    "in tags": -0.26,  # 972, 17% of them part of the article
    "in title": -0.89,  # 331, 15% of them part of the article
    "lower case": -0.07,  # 286, 28% of them part of the article
    "near ad": -0.58,  # 40, 0% of them part of the article
    "near author": -0.90,  # 353, 9% of them part of the article
    "near body": 1.65,  # 771, 55% of them part of the article
    "near box": 0.27,  # 256, 21% of them part of the article
    "near caption": -0.89,  # 957, 17% of them part of the article
    "near card": -0.03,  # 1493, 26% of them part of the article
    "near comment": -1.80,  # 382, 1% of them part of the article
    "near date": -0.35,  # 471, 8% of them part of the article
    "near form": -0.11,  # 564, 6% of them part of the article
    "near header": -0.58,  # 736, 6% of them part of the article
    "near lead": 0.01,  # 497, 31% of them part of the article
    "near legal": -0.70,  # 135, 4% of them part of the article
    "near media": 0.46,  # 182, 11% of them part of the article
    "near nav": -0.92,  # 163, 5% of them part of the article
    "near prompt": -1.13,  # 484, 4% of them part of the article
    "near related": 0.23,  # 260, 18% of them part of the article
    "near share": -0.35,  # 105, 2% of them part of the article
    "near side": -0.64,  # 691, 9% of them part of the article
    "near tags": -0.61,  # 390, 12% of them part of the article
    "near title": -0.07,  # 1725, 12% of them part of the article
    "not in articleBody": -0.90,  # 520, 14% of them part of the article
    "part of title": 0.44,  # 20, 15% of them part of the article
    "partly link": -1.03,  # 316, 15% of them part of the article
    "place of labels": -0.10,  # 205, 49% of them part of the article
    "place of next": -1.27,  # 167, 35% of them part of the article
    "place of previous": 0.07,  # 185, 43% of them part of the article
    "place of prose": 0.72,  # 318, 51% of them part of the article
    "place repeats": 1.60,  # 5130, 45% of them part of the article
    "place share": 0.47,  # 583, 52% of them part of the article
    "prompt, long": -0.69,  # 34, 6% of them part of the article
    "prompt, sentence": -0.44,  # 56, 2% of them part of the article
    "prompt, short": -1.13,  # 130, 3% of them part of the article
    "question": 0.18,  # 457, 37% of them part of the article
    "read-more, short": -1.97,  # 166, 3% of them part of the article
    "reading-time": -0.65,  # 62, 2% of them part of the article
    "rights, sentence": -0.05,  # 20, 0% of them part of the article
    "rights, short": -0.47,  # 60, 8% of them part of the article
    "sentence": 0.42,  # 3318, 30% of them part of the article
    "share": -0.22,  # 23, 0% of them part of the article
    "tag div": -0.47,  # 3587, 16% of them part of the article
    "tag figcaption": -0.92,  # 770, 19% of them part of the article
    "tag h1": -0.39,  # 652, 5% of them part of the article
    "tag h2": 0.57,  # 897, 35% of them part of the article
    "tag h3": 0.07,  # 704, 34% of them part of the article
    "tag h4": -0.53,  # 347, 23% of them part of the article
    "tag h5": 0.26,  # 145, 52% of them part of the article
    "tag h6": 1.15,  # 49, 63% of them part of the article
    "tag header": 0.15,  # 13, 15% of them part of the article
    "tag li": 1.57,  # 1241, 72% of them part of the article
    "tag other": -0.30,  # 143, 15% of them part of the article
    "tag p": 0.15,  # 2547, 23% of them part of the article
    "tag td": 0.02,  # 173, 36% of them part of the article
    "teaser": 0.14,  # 206, 22% of them part of the article
    "title": -0.08,  # 666, 7% of them part of the article
    "weight": 2.29,  # 11370, 27% of them part of the article
    "within 1": -0.06,  # 3531, 40% of them part of the article
    "within 2": 0.40,  # 4924, 39% of them part of the article
    "within 4": 0.21,  # 6703, 37% of them part of the article
    "within 8": 0.59,  # 8511, 33% of them part of the article
}
"""What the marks of blocks that it left out count for."""
