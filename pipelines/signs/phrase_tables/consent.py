"""Words that ask for consent, by language."""

from __future__ import annotations

CONSENT: dict[str, tuple[str, ...]] = {
    "en": (
        "before you continue to",
        "we value your privacy",
        "cookie consent",
        "cookie wall",
        "your privacy choices",
        "part of the yahoo family",
        "is part of oath",
        "is now a part of oath",
        "is now part of oath",
        "cookies are turned off",
        "cookies are disabled",
        "no cookies",
        "please enable cookies",
        "accept cookies to continue",
        "age verification",
        "are you over 18",
        "you must be 18",
        "adults only",
    ),
    "de": (
        "wir benötigen ihre zustimmung",
        "mit werbung weiterlesen",
        "weiter mit werbung",
        "bevor sie zu google weitergehen",
        "datenschutzeinstellungen",
    ),
    "fr": ("accepter et continuer", "continuer sans accepter", "votre vie privée", "gestion des cookies"),
    "es": ("antes de continuar a", "aceptar y continuar", "tu privacidad es importante"),
    "it": ("accetta e continua", "rispettiamo la tua privacy", "prima di continuare su"),
    "pt": ("aceitar e continuar", "valorizamos a sua privacidade"),
    "nl": ("cookie-informatie", "cookies accepteren", "wij vragen uw toestemming", "cookiewall", "mogen wij cookies"),
    "sv": ("godkänn cookies", "vi värnar om din integritet"),
    "da": ("accepter cookies", "samtykke til cookies"),
    "pl": ("dbamy o twoją prywatność", "cenimy twoją prywatność"),
    "cs": ("souhlas s cookies", "vážíme si vašeho soukromí"),
    "ja": ("年齢確認", "cookieの使用に同意"),
}
