"""Words of a domain for sale, registered and unused, or switched off, by language."""

from __future__ import annotations

# A phrase a line would be thousands of lines.
# fmt: off
PARKED: dict[str, tuple[str, ...]] = {
    "en": (
        "domain is for sale", "domain name is for sale", "domain for sale", "domain name for sale",
        "website is for sale", "maybe for sale", "may be for sale", "this domain may be for sale",
        "is available for purchase", "buy this domain", "buy this domain name", "purchase this domain",
        "acquire this domain", "own this domain", "get this domain", "make an offer on this domain",
        "interested in this domain", "the owner of this domain", "inquire about this domain", "domain is parked",
        "domain parked", "parked domain", "domain parking", "is parked at", "is parked free",
        "parked free, courtesy of", "parked free courtesy of", "domain has been registered",
        "domain name has been registered", "this domain is registered", "domain is reserved",
        "newly registered domain", "domain has expired", "domain expired", "domain name has expired",
        "domain name expired", "domain registration has expired", "expired domain", "domain is pending renewal",
        "domain is available for", "domain is suspended", "domain has been suspended", "domain suspended",
        "premium domain", "hosting account for", "account suspended", "account has been suspended",
        "account is suspended", "site has been suspended", "site is suspended", "site suspended",
        "website has been suspended", "website suspended", "website is suspended", "hosting has been suspended",
        "bandwidth limit exceeded", "bandwidth exceeded", "resources and information", "premium registration escrow",
        "related searches", "sponsored listings", "contact your hosting provider", "this site has been deactivated",
    ),
    "de": (
        "steht zum verkauf", "domain kaufen", "diese domain ist", "diese domain wurde", "diese domain steht",
        "domain wurde registriert", "domain ist geparkt", "domain ist registriert", "domain ist bereits registriert",
        "domain ist reserviert", "domain steht", "domain steht zum verkauf", "domain zu verkaufen",
        "informationen zum thema", "domain abgelaufen", "domain ist abgelaufen", "diese webseite wurde gesperrt",
        "internetpräsenz wurde gesperrt", "account gesperrt", "hier entsteht eine domain",
    ),
    "fr": (
        "domaine est à vendre", "domaine à vendre", "nom de domaine à vendre", "domaine est réservé",
        "domaine est enregistré", "domaine a été enregistré", "domaine réservé", "acheter ce domaine",
        "acheter ce nom de domaine", "domaine a expiré", "domaine expiré", "domaine est parqué", "compte suspendu",
        "site suspendu", "hébergement suspendu",
    ),
    "es": (
        "dominio está en venta", "dominio en venta", "comprar este dominio", "dominio estacionado", "dominio aparcado",
        "dominio está aparcado", "dominio registrado", "dominio ha sido registrado", "dominio ha expirado",
        "dominio ha caducado", "dominio caducado", "dominio expirado", "cuenta suspendida", "sitio suspendido",
        "página suspendida", "alojamiento suspendido",
    ),
    "ca": (
        "domini en venda", "domini està en venda", "domini registrat", "domini caducat", "compte suspès",
    ),
    "it": (
        "dominio è in vendita", "dominio in vendita", "dominio registrato", "dominio è registrato",
        "dominio è stato registrato", "dominio scaduto", "dominio è scaduto", "acquista questo dominio",
        "dominio parcheggiato", "account sospeso", "sito sospeso", "spazio web sospeso",
    ),
    "pt": (
        "domínio está à venda", "domínio à venda", "este domínio", "comprar este domínio", "domínio registrado",
        "domínio registado", "domínio expirado", "domínio expirou", "domínio estacionado", "domínio suspenso",
        "conta suspensa", "site suspenso", "hospedagem suspensa",
    ),
    "nl": (
        "domein is te koop", "domeinnaam is te koop", "domein te koop", "domeinnaam te koop", "domein is gereserveerd",
        "domeinnaam is gereserveerd", "domeinnaam is geregistreerd", "domein is geregistreerd",
        "gereserveerd voor een klant", "deze domeinnaam is", "domein is verlopen", "domeinnaam is verlopen",
        "domein geparkeerd", "account is geblokkeerd", "website is opgeschort",
    ),
    "sv": (
        "domänen är till salu", "domän till salu", "domännamnet är till salu", "parkerad hos", "domänen är parkerad",
        "domänen är registrerad", "domännamnet är registrerat", "domänen är reserverad", "domänen har gått ut",
        "loopia parking", "kontot är avstängt", "webbplatsen är avstängd",
    ),
    "da": (
        "domænet er til salg", "domæne til salg", "domænet er parkeret", "domænet er registreret",
        "domænenavnet er registreret", "domænet er udløbet", "domænet er reserveret", "kontoen er suspenderet",
        "webhotellet er lukket",
    ),
    "no": (
        "domenet er til salgs", "domene til salgs", "domenet er parkert", "domenet er registrert", "domenet er utløpt",
        "domenet er reservert", "kontoen er suspendert", "domenet er kjøpt",
    ),
    "is": (
        "lénið er til sölu", "lén til sölu", "lénið er frátekið", "lénið er skráð",
    ),
    "fi": (
        "verkkotunnus on myynnissä", "verkkotunnus myytävänä", "domain on myynnissä", "verkkotunnus on varattu",
        "verkkotunnus on rekisteröity", "verkkotunnus on vanhentunut", "verkkotunnus on pysäköity", "tili on suljettu",
    ),
    "et": (
        "domeen on müügis", "domeen müüa", "domeen on registreeritud", "domeen on aegunud", "domeen on pargitud",
        "konto on peatatud",
    ),
    "lv": (
        "domēns tiek pārdots", "domēns ir pārdošanā", "pārdod domēnu", "domēns ir reģistrēts",
        "domēna vārds ir reģistrēts", "konts ir apturēts",
    ),
    "lt": (
        "domenas parduodamas", "parduodamas domenas", "domenas yra parduodamas", "domenas užregistruotas",
        "domeno galiojimas baigėsi", "paskyra sustabdyta", "svetainė sustabdyta",
    ),
    "pl": (
        "domena na sprzedaż", "domena jest na sprzedaż", "domena zaparkowana", "domena jest zaparkowana",
        "domena wygasła", "domena zarejestrowana", "domena jest zarejestrowana", "domena została zarejestrowana",
        "domena jest utrzymywana na serwerach", "domena zarezerwowana", "kup tę domenę", "konto zawieszone",
        "konto zostało zawieszone", "strona zawieszona", "serwis zablokowany",
    ),
    "cs": (
        "doména je na prodej", "doména na prodej", "doména je zaparkována", "doména zaparkována",
        "doména je registrována", "doména byla zaregistrována", "doména je zaregistrována", "doména expirovala",
        "koupit doménu", "účet pozastaven", "webhosting pozastaven", "tato doména je",
    ),
    "sk": (
        "doména je na predaj", "doména na predaj", "doména je zaparkovaná", "doména je zaregistrovaná",
        "doména je registrovaná", "doména expirovala!", "táto doména je", "účet je pozastavený",
    ),
    "sl": (
        "domena je naprodaj", "domena naprodaj", "domena je registrirana", "domena je parkirana", "domena je potekla",
        "račun je začasno onemogočen",
    ),
    "hr": (
        "domena je na prodaju", "domena na prodaju", "domena na prodaji", "domena je registrovana",
        "domena je istekla", "domen je na prodaju", "domen na prodaju", "domen je registrovan", "račun je suspendiran",
        "nalog je suspendovan",
    ),
    "sr": (
        "домен је на продају", "домен је регистрован", "домен је истекао", "налог је суспендован",
    ),
    "hu": (
        "domain eladó", "a domain eladó", "domain név eladó", "domain név regisztrálva", "a domain regisztrálva",
        "a domain lejárt", "a domain parkol", "parkoltatott domain", "tárhely felfüggesztve", "fiók felfüggesztve",
    ),
    "ro": (
        "domeniu de vânzare", "domeniu de vanzare", "domeniul este de vânzare", "domeniul este de vanzare",
        "domeniu înregistrat", "domeniul a expirat", "domeniu parcat", "cont suspendat", "site suspendat",
    ),
    "el": (
        "το domain πωλείται", "πωλείται το domain", "όνομα τομέα πωλείται", "domain έχει λήξει",
        "domain έχει κατοχυρωθεί", "ο λογαριασμόσ έχει ανασταλεί",
    ),
    "bg": (
        "домейнът се продава", "домейн за продажба", "домейнът е регистриран", "домейнът е паркиран",
        "домейнът е изтекъл", "този домейн е", "акаунтът е спрян", "хостингът е спрян",
    ),
    "ru": (
        "домен продается", "домен продаётся", "домен выставлен на продажу", "продажа домена", "купить этот домен",
        "купить домен", "домен припаркован", "домен не прилинкован", "домен зарегистрирован", "домен занят",
        "домен не оплачен", "домен просрочен", "срок регистрации домена истек", "срок регистрации домена истёк",
        "домен не делегирован", "парковка домена", "аккаунт заблокирован", "хостинг заблокирован",
        "хостинг не оплачен", "сайт заблокирован за неуплату", "работа сайта приостановлена",
        "обслуживание сайта приостановлено",
    ),
    "uk": (
        "домен продається", "домен на продаж", "домен зареєстровано", "домен припарковано", "купити цей домен",
        "термін дії домену", "домен не оплачено", "акаунт заблоковано", "роботу сайту призупинено",
        "хостинг призупинено",
    ),
    "be": (
        "дамен прадаецца", "дамен зарэгістраваны", "дамен прыпаркаваны",
    ),
    "kk": (
        "домен сатылады", "домен сатылымда", "домен тіркелген", "аккаунт бұғатталған",
    ),
    "ka": (
        "დომენი იყიდება", "იყიდება დომენი", "დომენი რეგისტრირებულია", "ანგარიში შეჩერებულია",
    ),
    "hy": (
        "դոմենը վաճառվում է", "վաճառվում է դոմեն", "դոմենը գրանցված է",
    ),
    "tr": (
        "alan adı satılık", "alan adı satılıktır", "satılık alan adı", "satılık domain", "domain satılık",
        "bu alan adı", "bu domain satılık", "alan adı tescil edilmiş", "alan adının süresi", "alan adı park",
        "hesap askıya alındı", "hesabı askıya alın", "hosting hesabı askıya", "site askıya alındı",
    ),
    "az": (
        "domen satılır", "bu domen satılır", "domen qeydiyyatdan", "hesab dayandırılıb",
    ),
    "he": (
        "הדומיין למכירה", "דומיין למכירה", "שם המתחם למכירה", "הדומיין רשום", "הדומיין חנה", "תוקף הדומיין",
        "החשבון הושעה", "האתר הושעה",
    ),
    "ar": (
        "النطاق للبيع", "نطاق للبيع", "الدومين للبيع", "دومين للبيع", "هذا النطاق", "شراء هذا النطاق",
        "انتهت صلاحية النطاق", "النطاق محجوز", "الحساب موقوف", "تم إيقاف الحساب", "تم تعليق الحساب", "تم إيقاف الموقع",
        "الموقع موقوف",
    ),
    "fa": (
        "دامنه به فروش", "فروش دامنه", "این دامنه", "دامنه فروشی", "دامنه برای فروش", "دامنه ثبت شده", "دامنه منقضی",
        "هاست مسدود", "اکانت مسدود", "حساب مسدود شده", "سایت مسدود شده است",
    ),
    "hi": (
        "डोमेन बिक्री", "यह डोमेन", "डोमेन खरीदें", "खाता निलंबित", "डोमेन समाप्त",
    ),
    "bn": (
        "ডোমেইনটি বিক্রি", "ডোমেইন বিক্রি", "অ্যাকাউন্ট স্থগিত",
    ),
    "th": (
        "โดเมนนี้ขาย", "ขายโดเมน", "โดเมนนี้", "โดเมนหมดอายุ", "บัญชีถูกระงับ", "เว็บไซต์ถูกระงับ",
    ),
    "vi": (
        "tên miền này", "bán tên miền", "tên miền đang được bán", "mua tên miền này", "tên miền đã hết hạn",
        "tên miền đã được đăng ký", "tài khoản bị tạm ngưng", "tài khoản đã bị khóa", "website tạm ngưng",
        "hosting bị tạm ngưng",
    ),
    "id": (
        "domain ini dijual", "domain dijual", "domain ini", "domain telah kedaluwarsa", "domain sudah expired",
        "domain diparkir", "akun ditangguhkan", "akun hosting ditangguhkan", "situs ditangguhkan",
    ),
    "ms": (
        "domain untuk dijual", "domain ini untuk dijual", "akaun digantung",
    ),
    "ja": (
        "ドメインは売り", "このドメインは", "ドメイン販売", "ドメインを購入", "ドメイン売ります", "ドメインは販売",
        "ドメインは登録", "ドメインは取得", "ドメインパーキング", "ドメインの有効期限", "ドメイン名は",
        "お名前.comで取得", "アカウントは停止", "アカウントが停止", "アカウント停止",
    ),
    "zh": (
        "域名出售", "域名转让", "此域名", "该域名", "本域名", "域名正在出售", "域名可以转让", "域名停放", "域名已过期",
        "域名过期", "域名已到期", "域名已注册", "购买该域名", "购买此域名", "帐号已暂停", "账户已暂停", "网站已被暂停",
        "空间已过期", "主机已过期", "网站已过期",
    ),
    "zh-Hant": (
        "網域出售", "網域名稱出售", "此網域", "網域已過期", "網域已到期", "網址出售", "帳號已停用", "帳戶已暫停",
        "網站已被停用", "主機已暫停",
    ),
    "ko": (
        "도메인 판매", "도메인판매", "이 도메인은", "도메인 구매", "도메인이 만료", "도메인 기간이 만료",
        "도메인 파킹", "파킹된 도메인", "도메인이 등록", "계정이 정지", "계정이 일시 중지", "트래픽이 초과",
        "트래픽 초과",
    ),
}
