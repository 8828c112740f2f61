"""The weights of lines as fitted: written by `python -m benchmarks.fit_lines`, not by hand.

2026-11-29, 1,814 pages of 1,790 sites; the figures are of texts made by weights fitted on the other half of the
sites:

    wcxb           712 pages  F1 0.9328 -> 0.9415  precision 0.9287 -> 0.9324  recall 0.9369 -> 0.9507  gain +0.0087 (+0.0059 to +0.0114)
    readability    130 pages  F1 0.9348 -> 0.9336  precision 0.9512 -> 0.9495  recall 0.9190 -> 0.9183  gain -0.0012 (-0.0038 to +0.0011)
    trafilatura    990 pages  F1 0.9297 -> 0.9388  precision 0.9203 -> 0.9316  recall 0.9393 -> 0.9461  gain +0.0091 (+0.0059 to +0.0125)
"""

from __future__ import annotations

IN_TEXT: dict[str, float] = {
    "a link": -0.58,  # 6593, 94% of them part of the article
    "address": -0.88,  # 398, 84% of them part of the article
    "adjacent": 0.63,  # 60452, 93% of them part of the article
    "after prose": -0.97,  # 2531, 75% of them part of the article
    "all link": -1.06,  # 1389, 76% of them part of the article
    "always": 3.37,  # 69302, 93% of them part of the article
    "asterisk": -0.63,  # 174, 83% of them part of the article
    "at": -1.08,  # 105, 67% of them part of the article
    "bar": -1.40,  # 220, 71% of them part of the article
    "before heading": 0.07,  # 10044, 93% of them part of the article
    "before link": -0.33,  # 1432, 79% of them part of the article
    "before prose": -1.27,  # 1004, 70% of them part of the article
    "behind a gap": -0.29,  # 712, 78% of them part of the article
    "behind heading": 0.16,  # 10305, 95% of them part of the article
    "behind link": -0.19,  # 1434, 80% of them part of the article
    "below 100": -0.08,  # 38697, 90% of them part of the article
    "below 15": 0.44,  # 11438, 90% of them part of the article
    "below 200": -1.33,  # 50443, 90% of them part of the article
    "below 30": -0.01,  # 20561, 90% of them part of the article
    "below 60": 0.23,  # 31852, 90% of them part of the article
    "bottom": -0.62,  # 1750, 66% of them part of the article
    "byline, long": -0.78,  # 169, 88% of them part of the article
    "byline, short": -0.39,  # 35, 80% of them part of the article
    "capitals": -0.79,  # 509, 83% of them part of the article
    "colon": 0.55,  # 3207, 95% of them part of the article
    "contents": -1.30,  # 28, 7% of them part of the article
    "copyright": -2.30,  # 17, 35% of them part of the article
    "credit, short": 0.11,  # 18, 83% of them part of the article
    "description": 0.78,  # 815, 96% of them part of the article
    "exclamation": -1.07,  # 862, 86% of them part of the article
    "far after prose": 0.74,  # 2531, 75% of them part of the article
    "far behind": -1.00,  # 171, 73% of them part of the article
    "figures": -0.20,  # 4238, 90% of them part of the article
    "heading after prose": -1.86,  # 187, 48% of them part of the article
    "heading of link": -0.64,  # 108, 70% of them part of the article
    "heading of nothing": -0.38,  # 908, 84% of them part of the article
    "in ad": -0.44,  # 407, 87% of them part of the article
    "in articleBody": 0.72,  # 2527, 99% of them part of the article
    "in author": -1.48,  # 150, 79% of them part of the article
    "in body": 0.24,  # 25090, 94% of them part of the article
    "in box": -0.11,  # 2212, 91% of them part of the article
    "in caption": -0.89,  # 308, 63% of them part of the article
    "in card": -0.70,  # 18066, 91% of them part of the article
    "in date": 0.78,  # 564, 96% of them part of the article
    "in form": -0.14,  # 1849, 93% of them part of the article
    "in header": -0.26,  # 569, 78% of them part of the article
    "in lead": 0.48,  # 1920, 94% of them part of the article
    "in legal": -1.03,  # 238, 82% of them part of the article
    "in media": -1.78,  # 658, 64% of them part of the article
    "in nav": -0.19,  # 1480, 93% of them part of the article
    "in place": -0.40,  # 67097, 93% of them part of the article
    "in prompt": -0.29,  # 1837, 83% of them part of the article
    "in related": -0.26,  # 320, 89% of them part of the article
    "in share": -0.17,  # 524, 93% of them part of the article
    "in side": 0.12,  # 8270, 93% of them part of the article
    "in tags": 0.86,  # 9363, 96% of them part of the article
    "in title": -0.80,  # 826, 92% of them part of the article
    "kind cell": 1.31,  # 7272, 93% of them part of the article
    "kind code": 0.09,  # 1122, 93% of them part of the article
    "kind head": 0.51,  # 10304, 93% of them part of the article
    "kind item": -0.57,  # 12424, 93% of them part of the article
    "kind other": -0.37,  # 238, 72% of them part of the article
    "kind p": -1.23,  # 37779, 92% of them part of the article
    "kind quote": 0.27,  # 163, 89% of them part of the article
    "last tenth": -0.95,  # 6445, 82% of them part of the article
    "line 0": 0.17,  # 1229, 84% of them part of the article
    "line 1": 0.16,  # 1143, 92% of them part of the article
    "line 2": 0.10,  # 1072, 92% of them part of the article
    "linked item": 0.44,  # 371, 85% of them part of the article
    "lower case": 0.41,  # 1726, 92% of them part of the article
    "mostly link": -0.75,  # 736, 87% of them part of the article
    "near author": 0.13,  # 16, 31% of them part of the article
    "near body": -0.17,  # 16488, 95% of them part of the article
    "near box": -0.11,  # 567, 86% of them part of the article
    "near caption": -1.01,  # 110, 38% of them part of the article
    "near card": 0.04,  # 1939, 83% of them part of the article
    "near date": -0.12,  # 129, 75% of them part of the article
    "near form": 0.16,  # 750, 90% of them part of the article
    "near header": -0.82,  # 432, 73% of them part of the article
    "near lead": -0.33,  # 1172, 76% of them part of the article
    "near legal": -2.69,  # 90, 20% of them part of the article
    "near media": 1.27,  # 173, 76% of them part of the article
    "near nav": -1.41,  # 412, 84% of them part of the article
    "near prompt": -2.24,  # 174, 33% of them part of the article
    "near related": -0.07,  # 55, 82% of them part of the article
    "near share": -0.12,  # 130, 88% of them part of the article
    "near side": -0.92,  # 2957, 92% of them part of the article
    "near tags": -0.45,  # 616, 85% of them part of the article
    "near title": -0.21,  # 3490, 88% of them part of the article
    "no block": 0.41,  # 2205, 94% of them part of the article
    "not in articleBody": -1.70,  # 244, 65% of them part of the article
    "out of order": -0.14,  # 96, 79% of them part of the article
    "part of title": 0.69,  # 60, 90% of them part of the article
    "partly link": -0.76,  # 1797, 88% of them part of the article
    "place of labels": -0.23,  # 15924, 88% of them part of the article
    "place of prose": -0.13,  # 42971, 95% of them part of the article
    "place share": 2.06,  # 67097, 93% of them part of the article
    "question": -0.51,  # 1871, 91% of them part of the article
    "said twice": -0.55,  # 7809, 89% of them part of the article
    "sentence": 0.77,  # 35069, 95% of them part of the article
    "short article": -0.31,  # 762, 88% of them part of the article
    "tag blockquote": -1.10,  # 54, 83% of them part of the article
    "tag dd": 0.07,  # 79, 61% of them part of the article
    "tag div": -0.31,  # 1144, 79% of them part of the article
    "tag h1": -0.52,  # 149, 70% of them part of the article
    "tag h2": 0.48,  # 3957, 91% of them part of the article
    "tag h3": 0.63,  # 4910, 95% of them part of the article
    "tag h4": 0.20,  # 1176, 93% of them part of the article
    "tag h5": -0.66,  # 204, 77% of them part of the article
    "tag h6": -0.12,  # 14, 57% of them part of the article
    "tag li": 0.90,  # 12092, 94% of them part of the article
    "tag other": -0.86,  # 582, 84% of them part of the article
    "tag p": 0.28,  # 35169, 93% of them part of the article
    "tag pre": -0.79,  # 419, 86% of them part of the article
    "tag td": -1.11,  # 6912, 92% of them part of the article
    "teaser": -0.14,  # 1903, 93% of them part of the article
    "title": 0.74,  # 20, 85% of them part of the article
    "top": -0.01,  # 2382, 84% of them part of the article
    "weight": 0.10,  # 69302, 93% of them part of the article
}
"""What the marks of lines that the extractor took count for."""

LEFT_OUT: dict[str, float] = {
    "a link": -0.50,  # 522, 28% of them part of the article
    "address": -0.30,  # 117, 26% of them part of the article
    "after prose": -0.53,  # 8282, 5% of them part of the article
    "after text": -1.46,  # 7646, 4% of them part of the article
    "all link": -1.54,  # 8574, 13% of them part of the article
    "always": -2.15,  # 21405, 21% of them part of the article
    "asterisk": 1.08,  # 69, 25% of them part of the article
    "at": 0.70,  # 112, 9% of them part of the article
    "bar": 0.20,  # 265, 18% of them part of the article
    "before prose": 0.37,  # 5341, 8% of them part of the article
    "before text": -1.22,  # 4789, 6% of them part of the article
    "below 100": -0.19,  # 19195, 20% of them part of the article
    "below 200": -1.49,  # 20803, 20% of them part of the article
    "below 30": 0.02,  # 9393, 18% of them part of the article
    "below 60": 0.39,  # 16109, 20% of them part of the article
    "between": 0.16,  # 7782, 47% of them part of the article
    "between, in place": -0.69,  # 1325, 63% of them part of the article
    "byline, long": -0.82,  # 43, 5% of them part of the article
    "byline, short": 0.11,  # 329, 10% of them part of the article
    "capitals": 0.28,  # 234, 15% of them part of the article
    "colon": -0.12,  # 269, 18% of them part of the article
    "comments": -0.15,  # 14, 0% of them part of the article
    "container of next": 0.50,  # 376, 60% of them part of the article
    "container of previous": -0.52,  # 557, 53% of them part of the article
    "contents": -0.46,  # 65, 2% of them part of the article
    "copyright": -1.66,  # 134, 6% of them part of the article
    "credit, short": -1.72,  # 239, 9% of them part of the article
    "dated, short": 0.27,  # 190, 11% of them part of the article
    "description": 0.94,  # 219, 51% of them part of the article
    "description before prose": 1.00,  # 160, 51% of them part of the article
    "exclamation": -0.47,  # 369, 11% of them part of the article
    "figures": -0.43,  # 732, 8% of them part of the article
    "in ad": -0.36,  # 142, 18% of them part of the article
    "in articleBody": 0.84,  # 194, 84% of them part of the article
    "in author": -1.33,  # 542, 5% of them part of the article
    "in body": -0.03,  # 3897, 34% of them part of the article
    "in box": -0.14,  # 1401, 31% of them part of the article
    "in caption": -1.03,  # 158, 6% of them part of the article
    "in card": 0.40,  # 7452, 22% of them part of the article
    "in comment": -1.24,  # 618, 1% of them part of the article
    "in date": -0.72,  # 323, 2% of them part of the article
    "in form": -0.46,  # 887, 9% of them part of the article
    "in header": -0.48,  # 1599, 9% of them part of the article
    "in lead": -0.14,  # 361, 14% of them part of the article
    "in legal": -1.34,  # 117, 2% of them part of the article
    "in media": -0.33,  # 966, 9% of them part of the article
    "in nav": -0.90,  # 2001, 7% of them part of the article
    "in place": 1.96,  # 1687, 56% of them part of the article
    "in prompt": -0.53,  # 1120, 5% of them part of the article
    "in related": -0.90,  # 1236, 6% of them part of the article
    "in share": -0.43,  # 350, 4% of them part of the article
    "in side": -0.14,  # 4177, 17% of them part of the article
    "in tags": -0.03,  # 2279, 21% of them part of the article
    "in title": -0.89,  # 483, 13% of them part of the article
    "lower case": 0.05,  # 548, 20% of them part of the article
    "mostly link": -0.62,  # 1013, 24% of them part of the article
    "near ad": -0.69,  # 58, 0% of them part of the article
    "near author": -0.82,  # 612, 5% of them part of the article
    "near body": 1.26,  # 1291, 48% of them part of the article
    "near box": -0.01,  # 467, 15% of them part of the article
    "near caption": -0.90,  # 1085, 16% of them part of the article
    "near card": 0.03,  # 3771, 12% of them part of the article
    "near comment": -1.67,  # 536, 1% of them part of the article
    "near date": -0.49,  # 795, 5% of them part of the article
    "near form": -0.30,  # 761, 5% of them part of the article
    "near header": -0.55,  # 1118, 4% of them part of the article
    "near lead": 0.09,  # 739, 24% of them part of the article
    "near legal": 0.12,  # 227, 14% of them part of the article
    "near media": 0.30,  # 371, 5% of them part of the article
    "near nav": -0.79,  # 1271, 3% of them part of the article
    "near prompt": -1.18,  # 672, 4% of them part of the article
    "near related": -0.01,  # 594, 9% of them part of the article
    "near share": -0.88,  # 340, 1% of them part of the article
    "near side": -0.79,  # 1325, 7% of them part of the article
    "near tags": -0.62,  # 867, 7% of them part of the article
    "near title": -0.11,  # 2984, 8% of them part of the article
    "not in articleBody": -0.94,  # 881, 8% of them part of the article
    "part of title": 0.48,  # 54, 7% of them part of the article
    "partly link": -0.92,  # 764, 15% of them part of the article
    "place of labels": -0.26,  # 294, 48% of them part of the article
    "place of next": -0.50,  # 427, 59% of them part of the article
    "place of previous": 0.30,  # 663, 56% of them part of the article
    "place of prose": 0.80,  # 1211, 59% of them part of the article
    "place repeats": 1.53,  # 10558, 28% of them part of the article
    "place share": -0.84,  # 1687, 56% of them part of the article
    "prompt, long": -0.84,  # 36, 6% of them part of the article
    "prompt, sentence": -0.85,  # 61, 3% of them part of the article
    "prompt, short": -1.32,  # 154, 5% of them part of the article
    "question": -0.17,  # 729, 27% of them part of the article
    "read-more, long": -2.19,  # 35, 23% of them part of the article
    "read-more, sentence": 1.08,  # 54, 56% of them part of the article
    "read-more, short": -1.63,  # 375, 21% of them part of the article
    "reading-time": -0.64,  # 71, 1% of them part of the article
    "rights, sentence": -0.06,  # 23, 0% of them part of the article
    "rights, short": -0.82,  # 87, 8% of them part of the article
    "sentence": 0.55,  # 4194, 27% of them part of the article
    "share": -0.22,  # 41, 0% of them part of the article
    "tag address": 0.11,  # 23, 22% of them part of the article
    "tag article": 0.13,  # 14, 21% of them part of the article
    "tag body": 0.51,  # 113, 10% of them part of the article
    "tag div": -0.42,  # 7169, 9% of them part of the article
    "tag figcaption": -0.84,  # 865, 19% of them part of the article
    "tag h1": -0.23,  # 700, 5% of them part of the article
    "tag h2": 0.72,  # 1327, 35% of them part of the article
    "tag h3": 0.41,  # 1375, 21% of them part of the article
    "tag h4": -0.36,  # 524, 17% of them part of the article
    "tag h5": 0.19,  # 202, 38% of them part of the article
    "tag h6": 1.19,  # 106, 30% of them part of the article
    "tag header": 0.57,  # 59, 10% of them part of the article
    "tag li": 1.41,  # 4226, 34% of them part of the article
    "tag other": -0.21,  # 167, 13% of them part of the article
    "tag p": 0.28,  # 4199, 25% of them part of the article
    "tag section": -0.25,  # 24, 4% of them part of the article
    "tag td": 0.31,  # 236, 37% of them part of the article
    "teaser": -0.21,  # 3131, 19% of them part of the article
    "title": 0.23,  # 718, 7% of them part of the article
    "weight": 1.73,  # 21405, 21% of them part of the article
    "within 1": 0.09,  # 5603, 39% of them part of the article
    "within 2": 0.31,  # 7845, 36% of them part of the article
    "within 4": 0.30,  # 10912, 33% of them part of the article
    "within 8": 0.39,  # 14523, 28% of them part of the article
}
"""What the marks of blocks that it left out count for."""
