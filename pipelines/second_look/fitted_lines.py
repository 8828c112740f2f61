"""The weights of lines as fitted: written by `python -m benchmarks.fit_lines`, not by hand.

2026-11-29, 1,745 pages of 1,790 sites; the figures are of texts made by weights fitted on the other half of the
sites:

    wcxb        F1 0.9330 to 0.9419: +0.0089 (+0.0060 to +0.0118), precision 0.930 to 0.934, recall 0.937 to 0.950
    readability F1 0.9326 to 0.9321: -0.0005 (-0.0033 to +0.0022), precision 0.956 to 0.953, recall 0.911 to 0.912
    trafilatura F1 0.9315 to 0.9438: +0.0123 (+0.0085 to +0.0164), precision 0.925 to 0.935, recall 0.938 to 0.953
"""

from __future__ import annotations

IN_TEXT: dict[str, float] = {
    "a link": -0.61,  # 6739, 94% of them part of the article
    "address": -0.83,  # 331, 82% of them part of the article
    "adjacent": 0.56,  # 49496, 92% of them part of the article
    "after prose": -1.11,  # 2393, 76% of them part of the article
    "all link": -1.12,  # 1333, 77% of them part of the article
    "always": 3.16,  # 55038, 91% of them part of the article
    "asterisk": -0.49,  # 127, 79% of them part of the article
    "at": -0.48,  # 91, 66% of them part of the article
    "bar": -1.22,  # 206, 71% of them part of the article
    "before heading": -0.02,  # 7069, 91% of them part of the article
    "before link": -0.26,  # 1249, 78% of them part of the article
    "before prose": -1.31,  # 926, 71% of them part of the article
    "behind a gap": -0.27,  # 550, 75% of them part of the article
    "behind heading": 0.17,  # 6862, 93% of them part of the article
    "behind link": -0.16,  # 1179, 78% of them part of the article
    "below 100": -0.13,  # 37458, 90% of them part of the article
    "below 15": 0.29,  # 10696, 90% of them part of the article
    "below 200": -1.37,  # 49163, 90% of them part of the article
    "below 30": -0.06,  # 19553, 90% of them part of the article
    "below 60": 0.23,  # 30697, 90% of them part of the article
    "bottom": -0.55,  # 1543, 64% of them part of the article
    "byline, long": -0.84,  # 107, 81% of them part of the article
    "byline, short": -0.30,  # 38, 84% of them part of the article
    "capitals": -0.90,  # 427, 81% of them part of the article
    "colon": 0.62,  # 2945, 94% of them part of the article
    "contents": -1.24,  # 27, 7% of them part of the article
    "copyright": -2.15,  # 15, 33% of them part of the article
    "credit, short": 0.06,  # 15, 80% of them part of the article
    "dated, short": -1.20,  # 13, 31% of them part of the article
    "description": 0.76,  # 568, 95% of them part of the article
    "exclamation": -1.16,  # 635, 82% of them part of the article
    "far after prose": 1.05,  # 2393, 76% of them part of the article
    "far behind": -1.09,  # 125, 64% of them part of the article
    "figures": -0.13,  # 4107, 90% of them part of the article
    "heading after prose": -1.74,  # 168, 51% of them part of the article
    "heading of link": -0.65,  # 104, 72% of them part of the article
    "heading of nothing": -0.31,  # 885, 85% of them part of the article
    "in ad": -0.16,  # 467, 89% of them part of the article
    "in articleBody": 0.55,  # 2239, 98% of them part of the article
    "in author": -1.69,  # 105, 65% of them part of the article
    "in body": 0.31,  # 22774, 93% of them part of the article
    "in box": -0.13,  # 1900, 89% of them part of the article
    "in caption": -0.77,  # 257, 62% of them part of the article
    "in card": -0.78,  # 14260, 89% of them part of the article
    "in date": 0.65,  # 405, 95% of them part of the article
    "in form": -0.01,  # 1529, 91% of them part of the article
    "in header": -0.15,  # 477, 76% of them part of the article
    "in lead": 0.52,  # 1616, 94% of them part of the article
    "in legal": -1.09,  # 204, 80% of them part of the article
    "in media": -1.88,  # 490, 55% of them part of the article
    "in nav": -0.18,  # 1364, 93% of them part of the article
    "in place": 0.19,  # 54564, 91% of them part of the article
    "in prompt": -0.36,  # 1476, 79% of them part of the article
    "in related": -0.14,  # 279, 87% of them part of the article
    "in share": -0.06,  # 413, 92% of them part of the article
    "in side": 0.14,  # 6696, 91% of them part of the article
    "in tags": 0.89,  # 7230, 95% of them part of the article
    "in title": -0.52,  # 662, 91% of them part of the article
    "kind cell": 1.53,  # 7211, 94% of them part of the article
    "kind code": -0.42,  # 252, 84% of them part of the article
    "kind head": 0.53,  # 10371, 93% of them part of the article
    "kind item": -0.23,  # 11762, 93% of them part of the article
    "kind other": 0.15,  # 216, 70% of them part of the article
    "kind p": -1.35,  # 25097, 89% of them part of the article
    "kind quote": -0.22,  # 129, 84% of them part of the article
    "last tenth": -1.01,  # 5369, 79% of them part of the article
    "line 0": 0.12,  # 865, 82% of them part of the article
    "line 1": 0.22,  # 712, 88% of them part of the article
    "line 2": 0.21,  # 711, 89% of them part of the article
    "linked item": 0.41,  # 371, 85% of them part of the article
    "lower case": 0.25,  # 956, 88% of them part of the article
    "mostly link": -0.72,  # 727, 87% of them part of the article
    "near author": 0.16,  # 23, 30% of them part of the article
    "near body": 0.01,  # 12646, 93% of them part of the article
    "near box": -0.30,  # 540, 83% of them part of the article
    "near caption": -0.45,  # 79, 52% of them part of the article
    "near card": 0.08,  # 1499, 80% of them part of the article
    "near date": -0.06,  # 125, 77% of them part of the article
    "near form": 0.04,  # 574, 87% of them part of the article
    "near header": -0.68,  # 416, 75% of them part of the article
    "near lead": -0.49,  # 994, 73% of them part of the article
    "near legal": -2.83,  # 89, 21% of them part of the article
    "near media": 1.41,  # 147, 75% of them part of the article
    "near nav": -1.57,  # 327, 83% of them part of the article
    "near prompt": -2.36,  # 163, 29% of them part of the article
    "near related": -0.06,  # 38, 76% of them part of the article
    "near share": -0.28,  # 111, 86% of them part of the article
    "near side": -1.08,  # 2087, 90% of them part of the article
    "near tags": -0.55,  # 439, 79% of them part of the article
    "near title": -0.27,  # 3508, 88% of them part of the article
    "no block": -0.20,  # 474, 81% of them part of the article
    "not in articleBody": -1.65,  # 244, 65% of them part of the article
    "out of order": -0.58,  # 49, 78% of them part of the article
    "part of title": 0.83,  # 61, 93% of them part of the article
    "partly link": -0.82,  # 1809, 88% of them part of the article
    "place of labels": -0.19,  # 15931, 89% of them part of the article
    "place of prose": -0.23,  # 30384, 93% of them part of the article
    "place share": 2.14,  # 54564, 91% of them part of the article
    "question": -0.50,  # 1755, 90% of them part of the article
    "said twice": -0.52,  # 7318, 88% of them part of the article
    "sentence": 0.84,  # 22653, 93% of them part of the article
    "short article": -0.27,  # 664, 87% of them part of the article
    "tag blockquote": -0.91,  # 43, 79% of them part of the article
    "tag div": -0.25,  # 987, 77% of them part of the article
    "tag h1": -0.51,  # 111, 83% of them part of the article
    "tag h2": 0.37,  # 3990, 92% of them part of the article
    "tag h3": 0.63,  # 4956, 95% of them part of the article
    "tag h4": -0.08,  # 1198, 92% of them part of the article
    "tag h5": -0.69,  # 204, 77% of them part of the article
    "tag h6": 0.11,  # 14, 64% of them part of the article
    "tag li": 0.55,  # 11529, 94% of them part of the article
    "tag other": -1.01,  # 581, 84% of them part of the article
    "tag p": 0.34,  # 23533, 90% of them part of the article
    "tag pre": -0.34,  # 291, 84% of them part of the article
    "tag td": -1.27,  # 6836, 92% of them part of the article
    "teaser": -0.14,  # 1643, 92% of them part of the article
    "title": 0.77,  # 22, 82% of them part of the article
    "top": 0.22,  # 1657, 81% of them part of the article
    "weight": -0.17,  # 55038, 91% of them part of the article
}
"""What the marks of lines that the extractor took count for."""

LEFT_OUT: dict[str, float] = {
    "a link": -0.56,  # 491, 28% of them part of the article
    "address": -0.70,  # 51, 27% of them part of the article
    "after prose": -0.27,  # 3556, 7% of them part of the article
    "after text": -1.66,  # 3378, 7% of them part of the article
    "always": -2.60,  # 10225, 30% of them part of the article
    "asterisk": 1.22,  # 26, 42% of them part of the article
    "at": 0.84,  # 57, 14% of them part of the article
    "bar": -0.64,  # 93, 15% of them part of the article
    "before prose": 0.26,  # 2011, 16% of them part of the article
    "before text": -0.90,  # 1774, 13% of them part of the article
    "below 100": -0.10,  # 8506, 28% of them part of the article
    "below 200": -1.17,  # 9699, 28% of them part of the article
    "below 30": -0.03,  # 4353, 24% of them part of the article
    "below 60": 0.11,  # 7209, 28% of them part of the article
    "between": 0.01,  # 4658, 53% of them part of the article
    "between, in place": -0.61,  # 322, 73% of them part of the article
    "byline, long": -0.69,  # 36, 3% of them part of the article
    "byline, short": 0.56,  # 127, 15% of them part of the article
    "capitals": 0.68,  # 125, 21% of them part of the article
    "colon": -0.53,  # 239, 17% of them part of the article
    "comments": -0.13,  # 10, 0% of them part of the article
    "container of next": 1.02,  # 103, 76% of them part of the article
    "container of previous": -0.20,  # 86, 71% of them part of the article
    "contents": -0.43,  # 67, 1% of them part of the article
    "copyright": -1.52,  # 100, 7% of them part of the article
    "credit, short": -1.30,  # 171, 6% of them part of the article
    "dated, short": -0.27,  # 134, 12% of them part of the article
    "description": 0.79,  # 196, 53% of them part of the article
    "description before prose": 0.94,  # 141, 53% of them part of the article
    "exclamation": -0.61,  # 256, 9% of them part of the article
    "figures": -0.07,  # 397, 12% of them part of the article
    "in ad": 0.12,  # 57, 32% of them part of the article
    "in articleBody": 0.80,  # 95, 80% of them part of the article
    "in author": -1.43,  # 287, 6% of them part of the article
    "in body": -0.22,  # 2484, 39% of them part of the article
    "in box": -0.35,  # 672, 33% of them part of the article
    "in caption": -0.92,  # 107, 8% of them part of the article
    "in card": 0.55,  # 3315, 34% of them part of the article
    "in comment": -1.55,  # 325, 2% of them part of the article
    "in date": -0.49,  # 161, 5% of them part of the article
    "in form": -0.54,  # 635, 10% of them part of the article
    "in header": -0.15,  # 706, 22% of them part of the article
    "in lead": -0.39,  # 187, 16% of them part of the article
    "in legal": -1.53,  # 77, 0% of them part of the article
    "in media": 0.16,  # 401, 17% of them part of the article
    "in nav": -0.64,  # 437, 19% of them part of the article
    "in place": 1.74,  # 472, 70% of them part of the article
    "in prompt": -2.19,  # 755, 1% of them part of the article
    "in related": -1.35,  # 302, 15% of them part of the article
    "in share": -0.40,  # 121, 9% of them part of the article
    "in side": -0.33,  # 1847, 23% of them part of the article
    "in tags": -0.07,  # 819, 20% of them part of the article
    "in title": -0.86,  # 239, 20% of them part of the article
    "lower case": -0.07,  # 263, 30% of them part of the article
    "near ad": -0.63,  # 37, 0% of them part of the article
    "near author": -0.90,  # 345, 8% of them part of the article
    "near body": 1.72,  # 767, 63% of them part of the article
    "near box": 0.26,  # 239, 21% of them part of the article
    "near caption": -0.16,  # 952, 17% of them part of the article
    "near card": -0.17,  # 1391, 26% of them part of the article
    "near comment": -1.33,  # 267, 1% of them part of the article
    "near date": -1.01,  # 359, 6% of them part of the article
    "near figure": -2.03,  # 399, 6% of them part of the article
    "near form": -0.39,  # 549, 5% of them part of the article
    "near header": -0.70,  # 496, 7% of them part of the article
    "near lead": 0.05,  # 443, 34% of them part of the article
    "near legal": -0.94,  # 130, 4% of them part of the article
    "near media": 0.42,  # 168, 12% of them part of the article
    "near nav": -0.96,  # 157, 5% of them part of the article
    "near prompt": -1.41,  # 445, 2% of them part of the article
    "near related": -0.60,  # 235, 15% of them part of the article
    "near share": -0.41,  # 104, 2% of them part of the article
    "near side": -0.72,  # 618, 8% of them part of the article
    "near tags": -0.41,  # 344, 12% of them part of the article
    "near title": -0.07,  # 1236, 15% of them part of the article
    "not in articleBody": -0.97,  # 474, 15% of them part of the article
    "part of title": 0.54,  # 15, 27% of them part of the article
    "partly link": -1.33,  # 305, 15% of them part of the article
    "place of labels": -0.30,  # 173, 57% of them part of the article
    "place of next": -1.36,  # 116, 61% of them part of the article
    "place of previous": 0.53,  # 142, 69% of them part of the article
    "place of prose": 0.12,  # 216, 75% of them part of the article
    "place repeats": 1.55,  # 4936, 46% of them part of the article
    "place share": 1.30,  # 472, 70% of them part of the article
    "prompt, long": 0.22,  # 22, 5% of them part of the article
    "prompt, sentence": -0.04,  # 40, 2% of them part of the article
    "prompt, short": -0.16,  # 105, 3% of them part of the article
    "question": 0.35,  # 382, 41% of them part of the article
    "read-more, short": -1.80,  # 139, 0% of them part of the article
    "reading-time": -0.61,  # 53, 2% of them part of the article
    "rights, sentence": -0.06,  # 19, 0% of them part of the article
    "rights, short": 0.16,  # 54, 7% of them part of the article
    "sentence": 0.13,  # 3038, 32% of them part of the article
    "share": -0.77,  # 52, 0% of them part of the article
    "tag div": -0.40,  # 3466, 17% of them part of the article
    "tag figcaption": -1.26,  # 773, 19% of them part of the article
    "tag h1": -0.20,  # 34, 12% of them part of the article
    "tag h2": 0.55,  # 862, 36% of them part of the article
    "tag h3": -0.04,  # 669, 36% of them part of the article
    "tag h4": -0.49,  # 342, 24% of them part of the article
    "tag h5": 0.37,  # 138, 55% of them part of the article
    "tag h6": 1.04,  # 48, 62% of them part of the article
    "tag header": 0.10,  # 12, 17% of them part of the article
    "tag li": 1.67,  # 1195, 73% of them part of the article
    "tag other": -0.23,  # 134, 15% of them part of the article
    "tag p": 0.18,  # 2269, 26% of them part of the article
    "tag td": 0.76,  # 184, 32% of them part of the article
    "teaser": 0.10,  # 155, 26% of them part of the article
    "weight": 2.43,  # 10225, 30% of them part of the article
    "within 1": -0.03,  # 3199, 43% of them part of the article
    "within 2": 0.30,  # 4453, 42% of them part of the article
    "within 4": 0.40,  # 6015, 40% of them part of the article
    "within 8": 0.47,  # 7616, 36% of them part of the article
}
"""What the marks of blocks that it left out count for."""
