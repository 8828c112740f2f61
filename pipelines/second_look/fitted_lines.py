"""The weights of lines as fitted: written by `python -m benchmarks.fit_lines`, not by hand.

2026-11-29, 1,745 pages of 1,790 sites; the figures are of texts made by weights fitted on the other half of the
sites:

    wcxb        F1 0.9331 to 0.9397: +0.0066 (+0.0036 to +0.0097), precision 0.930 to 0.929, recall 0.937 to 0.951
    readability F1 0.9326 to 0.9289: -0.0036 (-0.0075 to +0.0001), precision 0.956 to 0.945, recall 0.911 to 0.913
    trafilatura F1 0.9315 to 0.9437: +0.0122 (+0.0085 to +0.0160), precision 0.925 to 0.934, recall 0.938 to 0.954
"""

from __future__ import annotations

IN_TEXT: dict[str, float] = {
    "a link": -0.53,  # 6681, 94% of them part of the article
    "address": -0.84,  # 347, 83% of them part of the article
    "adjacent": 0.50,  # 49009, 92% of them part of the article
    "after prose": -1.04,  # 2393, 76% of them part of the article
    "all link": -1.10,  # 1336, 77% of them part of the article
    "always": 3.98,  # 56347, 91% of them part of the article
    "asterisk": -0.51,  # 132, 80% of them part of the article
    "at": -0.52,  # 91, 66% of them part of the article
    "bar": -1.29,  # 209, 72% of them part of the article
    "before heading": 0.01,  # 7092, 91% of them part of the article
    "before link": -0.30,  # 1255, 78% of them part of the article
    "before prose": -1.27,  # 902, 72% of them part of the article
    "behind a gap": -0.30,  # 565, 75% of them part of the article
    "behind heading": 0.20,  # 6881, 93% of them part of the article
    "behind link": -0.21,  # 1189, 78% of them part of the article
    "below 100": -0.14,  # 38668, 90% of them part of the article
    "below 15": 0.27,  # 11406, 90% of them part of the article
    "below 200": -1.31,  # 50449, 91% of them part of the article
    "below 30": -0.07,  # 20516, 90% of them part of the article
    "below 60": 0.18,  # 31831, 90% of them part of the article
    "bottom": -0.60,  # 1542, 64% of them part of the article
    "byline, long": -0.93,  # 107, 81% of them part of the article
    "byline, short": -0.32,  # 37, 84% of them part of the article
    "capitals": -0.84,  # 497, 83% of them part of the article
    "colon": 0.56,  # 2952, 95% of them part of the article
    "contents": -1.30,  # 28, 7% of them part of the article
    "copyright": -2.38,  # 14, 29% of them part of the article
    "credit, short": 0.06,  # 17, 82% of them part of the article
    "description": 0.82,  # 566, 95% of them part of the article
    "exclamation": -1.18,  # 636, 82% of them part of the article
    "far after prose": 0.92,  # 2393, 76% of them part of the article
    "far behind": -1.05,  # 136, 68% of them part of the article
    "figures": -0.18,  # 4244, 90% of them part of the article
    "heading after prose": -1.74,  # 170, 51% of them part of the article
    "heading of link": -0.63,  # 104, 72% of them part of the article
    "heading of nothing": -0.32,  # 884, 85% of them part of the article
    "in ad": -0.17,  # 467, 89% of them part of the article
    "in articleBody": 0.70,  # 2530, 99% of them part of the article
    "in author": -1.69,  # 103, 66% of them part of the article
    "in body": 0.30,  # 22703, 93% of them part of the article
    "in box": -0.12,  # 1895, 89% of them part of the article
    "in caption": -0.77,  # 262, 61% of them part of the article
    "in card": -0.78,  # 14259, 89% of them part of the article
    "in date": 0.64,  # 405, 95% of them part of the article
    "in form": 0.00,  # 1528, 91% of them part of the article
    "in header": -0.14,  # 475, 77% of them part of the article
    "in lead": 0.53,  # 1613, 94% of them part of the article
    "in legal": -1.09,  # 204, 80% of them part of the article
    "in media": -1.89,  # 495, 55% of them part of the article
    "in nav": -0.16,  # 1365, 93% of them part of the article
    "in place": -0.31,  # 54297, 91% of them part of the article
    "in prompt": -0.37,  # 1455, 79% of them part of the article
    "in related": -0.36,  # 280, 87% of them part of the article
    "in share": -0.10,  # 413, 92% of them part of the article
    "in side": 0.13,  # 6701, 91% of them part of the article
    "in tags": 0.90,  # 7230, 95% of them part of the article
    "in title": -0.50,  # 663, 91% of them part of the article
    "kind cell": 1.47,  # 7205, 94% of them part of the article
    "kind code": 0.18,  # 975, 94% of them part of the article
    "kind head": 0.49,  # 10369, 93% of them part of the article
    "kind item": -0.39,  # 11808, 93% of them part of the article
    "kind other": -0.45,  # 215, 70% of them part of the article
    "kind p": -1.26,  # 25647, 89% of them part of the article
    "kind quote": -0.04,  # 128, 86% of them part of the article
    "last tenth": -1.00,  # 5401, 79% of them part of the article
    "line 0": 0.11,  # 859, 81% of them part of the article
    "line 1": 0.12,  # 711, 87% of them part of the article
    "line 2": 0.28,  # 713, 90% of them part of the article
    "linked item": 0.45,  # 371, 85% of them part of the article
    "lower case": 0.44,  # 1628, 92% of them part of the article
    "mostly link": -0.73,  # 726, 87% of them part of the article
    "near author": 0.16,  # 23, 30% of them part of the article
    "near body": 0.03,  # 12538, 93% of them part of the article
    "near box": -0.30,  # 540, 83% of them part of the article
    "near caption": -0.48,  # 83, 48% of them part of the article
    "near card": 0.06,  # 1499, 80% of them part of the article
    "near date": -0.11,  # 123, 78% of them part of the article
    "near form": 0.10,  # 574, 87% of them part of the article
    "near header": -0.68,  # 413, 76% of them part of the article
    "near lead": -0.44,  # 991, 73% of them part of the article
    "near legal": -2.80,  # 88, 20% of them part of the article
    "near media": 1.37,  # 146, 75% of them part of the article
    "near nav": -1.55,  # 328, 83% of them part of the article
    "near prompt": -2.38,  # 163, 29% of them part of the article
    "near related": -0.06,  # 38, 76% of them part of the article
    "near share": -0.23,  # 111, 86% of them part of the article
    "near side": -1.05,  # 2088, 90% of them part of the article
    "near tags": -0.64,  # 439, 79% of them part of the article
    "near title": -0.27,  # 3509, 88% of them part of the article
    "no block": 0.31,  # 2050, 94% of them part of the article
    "not in articleBody": -1.62,  # 244, 65% of them part of the article
    "out of order": 0.35,  # 78, 87% of them part of the article
    "part of title": 0.87,  # 61, 93% of them part of the article
    "partly link": -0.81,  # 1801, 88% of them part of the article
    "place of labels": -0.19,  # 15952, 89% of them part of the article
    "place of prose": -0.17,  # 30099, 93% of them part of the article
    "place share": 2.11,  # 54297, 91% of them part of the article
    "question": -0.46,  # 1759, 90% of them part of the article
    "said twice": -0.51,  # 7664, 89% of them part of the article
    "sentence": 0.74,  # 22764, 93% of them part of the article
    "short article": -0.29,  # 663, 87% of them part of the article
    "tag blockquote": -1.09,  # 43, 79% of them part of the article
    "tag div": -0.35,  # 987, 77% of them part of the article
    "tag h1": -0.48,  # 110, 84% of them part of the article
    "tag h2": 0.31,  # 3995, 92% of them part of the article
    "tag h3": 0.56,  # 4954, 95% of them part of the article
    "tag h4": -0.14,  # 1198, 92% of them part of the article
    "tag h5": -0.74,  # 204, 77% of them part of the article
    "tag h6": 0.11,  # 14, 64% of them part of the article
    "tag li": 0.61,  # 11481, 94% of them part of the article
    "tag other": -1.08,  # 583, 84% of them part of the article
    "tag p": 0.18,  # 23311, 90% of them part of the article
    "tag pre": -0.72,  # 291, 85% of them part of the article
    "tag td": -1.31,  # 6836, 92% of them part of the article
    "teaser": -0.15,  # 1646, 92% of them part of the article
    "title": 0.85,  # 21, 86% of them part of the article
    "top": 0.07,  # 1669, 81% of them part of the article
    "weight": -0.38,  # 56347, 91% of them part of the article
}
"""What the marks of lines that the extractor took count for."""

LEFT_OUT: dict[str, float] = {
    "a link": -0.62,  # 560, 36% of them part of the article
    "address": -0.61,  # 72, 49% of them part of the article
    "after prose": -0.27,  # 3565, 8% of them part of the article
    "after text": -1.61,  # 3383, 7% of them part of the article
    "always": -2.80,  # 10616, 32% of them part of the article
    "asterisk": 1.22,  # 26, 42% of them part of the article
    "at": 0.85,  # 57, 14% of them part of the article
    "bar": -0.64,  # 95, 17% of them part of the article
    "before prose": 0.27,  # 2016, 16% of them part of the article
    "before text": -0.92,  # 1780, 13% of them part of the article
    "below 100": -0.04,  # 8634, 29% of them part of the article
    "below 200": -1.18,  # 9918, 29% of them part of the article
    "below 30": -0.02,  # 4362, 24% of them part of the article
    "below 60": 0.07,  # 7265, 28% of them part of the article
    "between": 0.00,  # 5035, 56% of them part of the article
    "between, in place": -0.29,  # 697, 86% of them part of the article
    "byline, long": -0.78,  # 37, 5% of them part of the article
    "byline, short": 0.49,  # 127, 15% of them part of the article
    "capitals": 0.69,  # 128, 23% of them part of the article
    "colon": -0.42,  # 311, 36% of them part of the article
    "comments": -0.14,  # 10, 0% of them part of the article
    "container of next": 1.07,  # 295, 89% of them part of the article
    "container of previous": -0.04,  # 259, 88% of them part of the article
    "contents": -0.42,  # 67, 1% of them part of the article
    "copyright": -1.55,  # 101, 7% of them part of the article
    "credit, short": -1.21,  # 172, 7% of them part of the article
    "dated, short": -0.29,  # 134, 12% of them part of the article
    "description": 0.87,  # 220, 58% of them part of the article
    "description before prose": 0.85,  # 141, 53% of them part of the article
    "exclamation": -0.61,  # 263, 11% of them part of the article
    "figures": -0.05,  # 401, 12% of them part of the article
    "in ad": 0.12,  # 57, 32% of them part of the article
    "in articleBody": 0.81,  # 149, 87% of them part of the article
    "in author": -1.46,  # 287, 6% of them part of the article
    "in body": -0.21,  # 2588, 41% of them part of the article
    "in box": -0.37,  # 681, 34% of them part of the article
    "in caption": -1.00,  # 107, 8% of them part of the article
    "in card": 0.51,  # 3317, 34% of them part of the article
    "in comment": -1.58,  # 325, 2% of them part of the article
    "in date": -0.48,  # 161, 5% of them part of the article
    "in form": -0.50,  # 636, 11% of them part of the article
    "in header": -0.15,  # 705, 22% of them part of the article
    "in lead": -0.41,  # 192, 18% of them part of the article
    "in legal": -1.53,  # 77, 0% of them part of the article
    "in media": 0.12,  # 401, 17% of them part of the article
    "in nav": -0.57,  # 438, 19% of them part of the article
    "in place": 2.06,  # 856, 82% of them part of the article
    "in prompt": -1.88,  # 776, 4% of them part of the article
    "in related": -1.35,  # 302, 15% of them part of the article
    "in share": -0.42,  # 121, 9% of them part of the article
    "in side": -0.32,  # 1850, 23% of them part of the article
    "in tags": -0.07,  # 820, 20% of them part of the article
    "in title": -0.94,  # 239, 20% of them part of the article
    "lower case": -0.02,  # 284, 35% of them part of the article
    "near ad": -0.64,  # 37, 0% of them part of the article
    "near author": -0.91,  # 345, 8% of them part of the article
    "near body": 1.66,  # 918, 69% of them part of the article
    "near box": 0.25,  # 240, 21% of them part of the article
    "near caption": -0.17,  # 953, 17% of them part of the article
    "near card": -0.16,  # 1392, 26% of them part of the article
    "near comment": -1.33,  # 267, 1% of them part of the article
    "near date": -1.00,  # 359, 6% of them part of the article
    "near figure": -2.03,  # 399, 6% of them part of the article
    "near form": -0.46,  # 549, 5% of them part of the article
    "near header": -0.69,  # 496, 7% of them part of the article
    "near lead": 0.08,  # 447, 35% of them part of the article
    "near legal": -0.93,  # 131, 4% of them part of the article
    "near media": 0.44,  # 168, 12% of them part of the article
    "near nav": -0.99,  # 157, 5% of them part of the article
    "near prompt": -1.46,  # 445, 2% of them part of the article
    "near related": -0.61,  # 235, 15% of them part of the article
    "near share": -0.46,  # 104, 2% of them part of the article
    "near side": -0.79,  # 619, 8% of them part of the article
    "near tags": -0.41,  # 344, 12% of them part of the article
    "near title": -0.06,  # 1236, 15% of them part of the article
    "not in articleBody": -0.99,  # 474, 15% of them part of the article
    "part of title": 0.72,  # 15, 27% of them part of the article
    "partly link": -1.42,  # 311, 17% of them part of the article
    "place of labels": -0.72,  # 177, 58% of them part of the article
    "place of next": -1.11,  # 304, 84% of them part of the article
    "place of previous": 0.45,  # 290, 84% of them part of the article
    "place of prose": 0.08,  # 562, 89% of them part of the article
    "place repeats": 1.54,  # 4938, 46% of them part of the article
    "place share": 1.06,  # 856, 82% of them part of the article
    "prompt, long": 0.29,  # 21, 5% of them part of the article
    "prompt, sentence": -0.03,  # 38, 3% of them part of the article
    "prompt, short": -0.17,  # 99, 3% of them part of the article
    "question": 0.38,  # 390, 43% of them part of the article
    "read-more, short": -1.88,  # 139, 0% of them part of the article
    "reading-time": -0.60,  # 53, 2% of them part of the article
    "rights, sentence": -0.06,  # 20, 0% of them part of the article
    "rights, short": 0.16,  # 55, 7% of them part of the article
    "sentence": 0.13,  # 3284, 37% of them part of the article
    "share": -0.77,  # 52, 0% of them part of the article
    "tag div": -0.32,  # 3470, 17% of them part of the article
    "tag figcaption": -1.19,  # 773, 19% of them part of the article
    "tag h1": -0.13,  # 34, 12% of them part of the article
    "tag h2": 0.60,  # 863, 36% of them part of the article
    "tag h3": -0.00,  # 669, 36% of them part of the article
    "tag h4": -0.43,  # 342, 24% of them part of the article
    "tag h5": 0.42,  # 138, 55% of them part of the article
    "tag h6": 1.07,  # 48, 62% of them part of the article
    "tag header": 0.15,  # 12, 17% of them part of the article
    "tag li": 1.78,  # 1263, 75% of them part of the article
    "tag other": -0.18,  # 134, 15% of them part of the article
    "tag p": 0.29,  # 2581, 35% of them part of the article
    "tag td": 0.85,  # 187, 33% of them part of the article
    "teaser": 0.04,  # 171, 33% of them part of the article
    "weight": 2.53,  # 10616, 32% of them part of the article
    "within 1": 0.02,  # 3517, 48% of them part of the article
    "within 2": 0.32,  # 4804, 46% of them part of the article
    "within 4": 0.37,  # 6382, 43% of them part of the article
    "within 8": 0.50,  # 7997, 39% of them part of the article
}
"""What the marks of blocks that it left out count for."""
