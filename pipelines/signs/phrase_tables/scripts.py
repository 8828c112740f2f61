"""Words that ask for scripts to be switched on, by language."""

from __future__ import annotations

SCRIPTS: dict[str, tuple[str, ...]] = {
    "en": (
        "you need to enable javascript",
        "please enable javascript",
        "javascript is required",
        "requires javascript",
        "javascript must be enabled",
        "javascript is disabled",
        "javascript is not enabled",
        "turn on javascript",
        "enable javascript to run this app",
        "without javascript",
        "doesn't work properly without javascript",
    ),
    "de": (
        "javascript aktivieren",
        "bitte aktivieren sie javascript",
        "javascript ist deaktiviert",
        "benötigt javascript",
    ),
    "fr": ("activer javascript", "activez javascript", "javascript est désactivé"),
    "es": ("habilitar javascript", "activar javascript", "habilite javascript", "active javascript"),
    "it": ("abilitare javascript", "attivare javascript", "abilita javascript"),
    "pt": ("habilitar o javascript", "ative o javascript", "ativar o javascript"),
    "nl": ("javascript inschakelen", "schakel javascript in"),
    "pl": ("włącz javascript", "włączyć javascript"),
    "ru": ("включите javascript", "включить javascript"),
    "ja": ("javascriptを有効", "javascript を有効"),
    "zh": ("启用javascript", "启用 javascript", "開啟javascript", "啟用 javascript"),
    "ko": ("자바스크립트를", "javascript를"),
}
