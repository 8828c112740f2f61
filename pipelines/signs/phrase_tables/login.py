"""Words that ask for a login, by language."""

from __future__ import annotations

LOGIN: dict[str, tuple[str, ...]] = {
    "en": (
        "log in",
        "login",
        "log into",
        "sign in",
        "sign-in",
        "signin",
        "please log in",
        "please sign in",
        "you must be logged in",
        "you need to log in",
        "authorization login",
    ),
    "de": ("anmelden", "anmeldung", "einloggen", "bitte melden sie sich an"),
    "fr": ("connexion", "se connecter", "identifiez-vous", "connectez-vous"),
    "es": ("iniciar sesión", "inicia sesión", "acceder"),
    "it": ("accedi", "accesso utenti"),
    "pt": ("iniciar sessão", "fazer login", "entrar"),
    "nl": ("inloggen", "aanmelden"),
    "sv": ("logga in",),
    "da": ("log ind",),
    "no": ("logg inn",),
    "fi": ("kirjaudu sisään", "kirjaudu"),
    "pl": ("zaloguj się", "logowanie"),
    "cs": ("přihlášení", "přihlásit se"),
    "tr": ("giriş yap", "oturum aç", "üye girişi"),
    "ru": ("вход", "войти", "авторизация"),
    "ja": ("ログイン", "サインイン"),
    "zh": ("登录", "登入"),
    "ko": ("로그인",),
    "ar": ("تسجيل الدخول",),
}
