"""The words by which lines that are no part of an article say so, in forty languages.

    line ─▶ begins with the words of a kind? ─▶ the kind: read-more, prompt, share, credit, byline, advertisement, …

Each table says how much of a line its phrases must be (Reach): a word that may begin a sentence counts only where a colon
follows or where it is the whole line. Written as `words.plain` leaves them: lower case, typewriter quotes and dashes.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

from pipelines.words import finder, plain


class Reach(enum.Enum):
    """How much of a line a phrase must be."""

    WHOLE = enum.auto()
    """The line, but for marks around it."""
    LABEL = enum.auto()
    """The line, or its beginning with a colon behind it."""
    OPENING = enum.auto()
    """The line's beginning."""
    ANYWHERE = enum.auto()
    """Any part of a short line."""


class Kind(NamedTuple):
    """A kind of line: its name, and the phrases that make one."""

    name: str
    reach: Reach
    phrases: tuple[str, ...]


READ_MORE = (
    # English
    *("read more", "read also", "also read", "see also", "more on this", "more on this story", "related", "related story"),
    *("related stories", "related articles", "related article", "related news", "related content", "related topics"),
    *("read next", "up next", "you may also like", "you might also like", "recommended", "recommended for you"),
    *("more from", "more stories", "most read", "don't miss", "must read", "editor's picks", "further reading", "read the full story"),
    *("continue reading", "read full article", "more information", "more to read", "watch", "watch also", "listen", "story continues below"),
    *("article continues below", "in other news", "more like this", "keep reading", "learn more", "latest stories", "trending now"),
    # German
    *("lesen sie auch", "lesen sie hier", "lesen sie mehr", "lesen sie dazu", "lesen sie weiter", "mehr zum thema", "auch interessant"),
    *("zum thema", "mehr dazu", "das könnte sie auch interessieren", "das könnte dich auch interessieren", "weiterlesen"),
    *("weitere artikel", "weitere themen", "mehr von", "siehe auch", "mehr lesen", "passend zum thema", "hintergrund", "verwandte artikel"),
    *("mehr aus dem ressort", "weitere meldungen", "mehr nachrichten", "jetzt lesen", "empfehlung der redaktion", "lesetipp", "themen"),
    # French
    *("lire aussi", "à lire aussi", "lire également", "à lire également", "à lire", "voir aussi", "lire la suite", "sur le même sujet"),
    *("lire plus", "en savoir plus", "nos articles", "articles liés", "dans la même rubrique", "à voir aussi", "à découvrir", "lire encore"),
    *("pour aller plus loin", "plus d'infos", "à écouter aussi", "retrouvez aussi", "vidéo", "regarder aussi"),
    # Spanish
    *("lea también", "lee también", "leer también", "te puede interesar", "le puede interesar", "puede interesarle", "más información"),
    *("lea más", "leer más", "ver más", "noticias relacionadas", "notas relacionadas", "nota relacionada", "artículos relacionados"),
    *("te recomendamos", "también te puede interesar", "también puedes leer", "sigue leyendo", "seguir leyendo", "vea también", "mira también"),
    *("relacionado", "relacionados", "contenido relacionado", "además", "lee más", "lo más leído", "mirá también", "leé también"),
    # Italian
    *("leggi anche", "leggi pure", "leggi di più", "leggi tutto", "vedi anche", "approfondimenti", "approfondisci", "potrebbe interessarti"),
    *("articoli correlati", "ti potrebbe interessare", "ti potrebbero interessare", "guarda anche", "per approfondire", "continua a leggere"),
    # Portuguese
    *("leia também", "leia mais", "veja também", "veja mais", "saiba mais", "lê também", "ler mais", "notícias relacionadas", "mais lidas"),
    *("matérias relacionadas", "artigos relacionados", "continue lendo", "continua após a publicidade", "relacionadas", "leia ainda", "confira também"),
    # Dutch
    *("lees ook", "lees meer", "lees verder", "zie ook", "bekijk ook", "meer over", "gerelateerd", "gerelateerde artikelen", "meer lezen"),
    *("lees hier", "ook interessant", "luister ook", "meer nieuws", "aanbevolen"),
    # Swedish, Danish, Norwegian, Finnish, Icelandic
    *("läs också", "läs även", "läs mer", "läs vidare", "se även", "se också", "mer om", "relaterat", "relaterade artiklar", "mest läst"),
    *("læs også", "læs mere", "se også", "mere om", "relaterede artikler", "relateret", "les også", "les mer", "les mer om", "les hele saken"),
    *("les mer om saken", "mer fra", "saken fortsetter under", "artikkelen fortsetter under", "artiklen fortsætter under annoncen", "artikeln fortsätter under annonsen"),
    *("lue myös", "lue lisää", "katso myös", "aiheesta lisää", "lue seuraavaksi", "luetuimmat", "jatkuu mainoksen jälkeen", "lesa meira", "sjá einnig"),
    # Polish, Czech, Slovak
    *("czytaj także", "czytaj też", "czytaj również", "czytaj więcej", "zobacz także", "zobacz też", "zobacz również", "przeczytaj także"),
    *("przeczytaj też", "przeczytaj również", "powiązane artykuły", "polecamy", "sprawdź także", "zobacz więcej", "dowiedz się więcej", "warto przeczytać"),
    *("čtěte také", "čtěte též", "čtěte více", "přečtěte si také", "přečtěte si", "mohlo by vás zajímat", "související články", "související", "více k tématu"),
    *("čítajte aj", "prečítajte si aj", "prečítajte si tiež", "súvisiace články", "čítajte viac", "mohlo by vás zaujímať", "viac k téme", "súvisiace"),
    # Hungarian, Romanian
    *("olvassa el ezt is", "olvasd el ezt is", "ezt is olvassa el", "olvasta már", "kapcsolódó cikkek", "kapcsolódó cikk", "kapcsolódó", "ajánljuk még"),
    *("ezt is ajánljuk", "bővebben", "további cikkek", "ajánlott cikkek", "citește și", "citeşte şi", "citiți și", "vezi și", "vezi şi", "citește mai mult"),
    *("articole similare", "pe aceeași temă", "știri similare", "recomandări", "te-ar putea interesa", "citește mai departe"),
    # Croatian, Serbian, Bosnian, Slovenian
    *("pročitajte još", "pročitaj još", "pročitajte i", "pročitajte više", "čitajte još", "vezani članci", "povezane vijesti", "povezani članci", "pogledajte još"),
    *("pogledajte i", "možda će vas zanimati", "preberite tudi", "preberite še", "preberi še", "preberi več", "sorodne novice", "прочитајте још", "прочитајте и", "повезане вести"),
    # Baltic, Estonian, Albanian, Catalan
    *("loe ka", "loe lisaks", "loe veel", "vaata ka", "seotud lood", "lasi arī", "lasiet arī", "lasi vairāk", "saistītie raksti", "skaityk daugiau"),
    *("taip pat skaitykite", "skaitykite taip pat", "susiję straipsniai", "susijusios naujienos", "lexo edhe", "lexoni gjithashtu", "lexo më shumë", "llegiu també", "llegeix més", "més informació"),
    # Russian, Ukrainian, Belarusian, Bulgarian, Macedonian
    *("читайте также", "читайте далее", "читать далее", "читать также", "читайте ещё", "читайте еще", "смотрите также", "подробнее", "материалы по теме", "по теме"),
    *("ещё по теме", "еще по теме", "статьи по теме", "новости по теме", "читайте на сайте", "похожие материалы", "рекомендуем", "вам может быть интересно", "узнать больше"),
    *("читайте також", "читати також", "читати далі", "дивіться також", "за темою", "матеріали за темою", "більше по темі", "детальніше", "чытайце таксама"),
    *("прочетете още", "прочети още", "вижте още", "виж още", "още по темата", "вижте също", "четете още", "прочитајте повеќе", "прочитајте уште"),
    # Greek, Turkish
    *("διαβάστε επίσης", "διαβάστε ακόμα", "διαβάστε ακόμη", "διαβάστε περισσότερα", "διαβάστε εδώ", "δείτε επίσης", "δείτε ακόμα", "σχετικά άρθρα", "διάβασε επίσης"),
    *("ilgili haber", "ilgili haberler", "ayrıca okuyun", "bunu da oku", "bunlar da ilginizi çekebilir", "devamını oku", "benzer haberler", "daha fazla", "okumaya devam et", "ilginizi çekebilir"),
    # Arabic, Persian, Urdu, Hebrew
    *("اقرأ أيضا", "اقرأ أيضاً", "إقرأ أيضا", "إقرأ أيضاً", "اقرأ المزيد", "اقرأ ايضا", "مواضيع ذات صلة", "أخبار ذات صلة", "موضوعات متعلقة", "شاهد أيضا", "شاهد أيضاً", "ذات صلة", "طالع أيضا"),
    *("بیشتر بخوانید", "بیشتر بخوانید", "همچنین بخوانید", "اخبار مرتبط", "مطالب مرتبط", "مزید پڑھیں", "یہ بھی پڑھیں", "קראו גם", "קראו עוד", "קרא גם", "קרא עוד", "כתבות נוספות", "עוד בנושא", "אולי יעניין אותך"),
    # Hindi, Bengali, Tamil, other Indic
    *("यह भी पढ़ें", "ये भी पढ़ें", "इसे भी पढ़ें", "और पढ़ें", "यह भी देखें", "আরও পড়ুন", "আরও পড়ুন", "আরো পড়ুন", "எனவும் படிக்க", "இதையும் படிங்க", "மேலும் படிக்க", "हेही वाचा", "ఇవి కూడా చదవండి", "આ પણ વાંચો", "ഇതും വായിക്കുക"),
    # Thai, Vietnamese, Indonesian and Malay, Filipino, Swahili
    *("อ่านเพิ่มเติม", "ข่าวที่เกี่ยวข้อง", "อ่านต่อ", "อ่านข่าว", "อ่านข่าวเพิ่มเติม", "xem thêm", "đọc thêm", "tin liên quan", "bài liên quan", "có thể bạn quan tâm"),
    *("baca juga", "baca selengkapnya", "baca lagi", "simak juga", "artikel terkait", "berita terkait", "lihat juga", "basahin din", "soma pia", "soma zaidi"),
    # Japanese, Chinese, Korean
    *("関連記事", "あわせて読みたい", "合わせて読みたい", "続きを読む", "もっと見る", "こちらもおすすめ", "関連ニュース", "おすすめ記事", "関連リンク", "次のページ", "関連トピックス"),
    *("相关阅读", "相关新闻", "延伸阅读", "推荐阅读", "更多新闻", "阅读更多", "相關新聞", "相關閱讀", "延伸閱讀", "推薦閱讀", "更多新聞", "看更多", "你可能也想看", "相关报道", "相關報導", "热门推荐", "猜你喜欢"),
    *("관련기사", "관련 기사", "더 보기", "더보기", "함께 보면 좋은 기사", "많이 본 뉴스", "이 기사도", "추천 기사", "관련뉴스"),
)
"""Labels of links to other stories."""

OPENS_READ_MORE = (
    *("read more:", "read also:", "also read:", "see also:", "related:", "read more about", "read more on", "read more at", "click here to read"),
    *("read our full", "read the full story", "read the rest", "story continues", "article continues", "for more on", "click here for"),
    *("lesen sie auch", "lesen sie hier", "lesen sie dazu", "mehr zum thema", "lesen sie mehr", "auch interessant", "das könnte sie auch interessieren"),
    *("à lire aussi", "lire aussi", "a lire aussi", "à lire également", "lire également", "sur le même sujet", "à voir aussi"),
    *("lea también", "lee también", "leer también", "te puede interesar", "le puede interesar", "también te puede interesar", "también puedes leer"),
    *("leggi anche", "leggi pure", "potrebbe interessarti", "leia também", "leia mais", "veja também", "lê também", "lees ook", "lees meer over"),
    *("lees verder", "läs också", "läs även", "läs mer om", "læs også", "les også", "lue myös", "lue lisää", "czytaj także", "czytaj też"),
    *("czytaj również", "zobacz także", "zobacz też", "zobacz również", "przeczytaj także", "przeczytaj też", "čtěte také", "přečtěte si také"),
    *("čítajte aj", "prečítajte si aj", "olvassa el ezt is", "olvasd el ezt is", "ezt is olvassa el", "citește și", "citeşte şi", "vezi și", "citiți și"),
    *("pročitajte još", "pročitaj još", "pročitajte i", "čitajte još", "preberite tudi", "preberite še", "loe ka", "lasi arī", "taip pat skaitykite"),
    *("читайте также", "читайте ещё", "читайте еще", "смотрите также", "читайте також", "дивіться також", "прочетете още", "вижте още", "прочитајте још"),
    *("διαβάστε επίσης", "διαβάστε ακόμα", "δείτε επίσης", "ilgili haber", "bunu da oku", "اقرأ أيضا", "اقرأ أيضاً", "إقرأ أيضا", "إقرأ أيضاً", "اقرأ المزيد"),
    *("بیشتر بخوانید", "همچنین بخوانید", "קראו גם", "קראו עוד", "यह भी पढ़ें", "ये भी पढ़ें", "আরও পড়ুন", "อ่านเพิ่มเติม", "xem thêm:", "đọc thêm:"),
    *("baca juga", "baca selengkapnya", "関連記事", "あわせて読みたい", "相关阅读", "延伸阅读", "推荐阅读", "延伸閱讀", "推薦閱讀", "相關新聞", "관련기사"),
)
"""Openings of lines that name another story, too much of a formula to begin a sentence of an article."""

PROMPT = (
    *("sign up for our", "sign up to our", "sign up for the", "subscribe to our", "subscribe now", "subscribe for", "our newsletter", "free newsletter"),
    *("daily newsletter", "weekly newsletter", "in your inbox", "to your inbox", "become a subscriber", "become a member", "already a subscriber"),
    *("support our journalism", "support independent journalism", "donate now", "make a donation", "download our app", "download the app", "get our app"),
    *("turn on notifications", "enable javascript", "create a free account", "log in to continue", "start your free trial", "join our mailing list"),
    *("newsletter abonnieren", "newsletter anmelden", "unseren newsletter", "unserem newsletter", "jetzt abonnieren", "jetzt anmelden", "abonnieren sie"),
    *("jetzt kostenlos testen", "jetzt weiterlesen", "als abonnent", "zum abo", "bitte aktivieren sie javascript", "ihr abo", "unterstützen sie uns"),
    *("abonnez-vous", "inscrivez-vous à", "notre newsletter", "nos newsletters", "notre lettre d'information", "déjà abonné", "réservé aux abonnés", "recevez nos", "recevez chaque"),
    *("suscríbete a", "suscríbase a", "nuestra newsletter", "nuestro boletín", "nuestros boletines", "suscribirte", "hazte socio", "regístrate gratis", "recibe en tu correo"),
    *("iscriviti alla", "iscriviti a", "nostra newsletter", "abbonati a", "abbonati ora", "sei già abbonato", "contenuto riservato agli abbonati", "ricevi le notizie"),
    *("assine nossa", "assine a", "inscreva-se", "nossa newsletter", "nosso boletim", "receba as notícias", "já é assinante", "exclusivo para assinantes", "conteúdo exclusivo", "subscreva a"),
    *("meld je aan voor", "schrijf je in voor", "onze nieuwsbrief", "abonneer je", "neem een abonnement", "word abonnee", "al abonnee", "prenumerera på", "vårt nyhetsbrev", "våra nyhetsbrev", "redan prenumerant", "bli prenumerant"),
    *("tilmeld dig", "vores nyhedsbrev", "vores nyhedsbreve", "bliv abonnent", "allerede abonnent", "meld deg på", "vårt nyhetsbrev", "bli abonnent", "tilaa uutiskirje", "uutiskirjeemme", "tilaa lehti"),
    *("zapisz się do", "zapisz się na", "naszego newslettera", "nasz newsletter", "zaprenumeruj", "wykup dostęp", "přihlaste se k odběru", "náš newsletter", "předplaťte si", "odebírejte", "prihláste sa na odber", "predplaťte si"),
    *("iratkozz fel", "iratkozzon fel", "hírlevelünkre", "fizessen elő", "abonează-te", "abonați-vă", "newsletterul nostru", "pretplatite se", "prijavite se na", "naš newsletter", "naročite se na", "prijavite se na novice"),
    *("подпишитесь на", "подписывайтесь на", "подписаться на", "нашу рассылку", "оформите подписку", "підпишіться на", "підписуйтесь на", "підписуйтеся на", "абонирайте се", "последвайте ни"),
    *("εγγραφείτε στο", "γραφτείτε στο", "ενημερωτικό δελτίο", "ακολουθήστε το", "bültenimize", "abone ol", "bize abone", "اشترك في", "اشترك الآن", "نشرتنا البريدية", "تابعونا على", "تابعنا على"),
    *("مشترک شوید", "خبرنامه ما", "הירשמו לניוזלטר", "הצטרפו ל", "हमारे न्यूज़लेटर", "सब्सक्राइब करें", "आमच्या", "สมัครรับ", "ติดตามข่าว", "đăng ký nhận", "berlangganan", "ikuti kami di", "dapatkan update"),
    *("メルマガ登録", "ニュースレター", "会員登録", "有料会員", "订阅我们", "訂閱我們", "关注我们", "下载app", "下載app", "뉴스레터", "구독하기", "구독해 주세요"),
)
"""What asks a reader to subscribe, sign up, pay or follow; in short lines only."""

SHARE = (
    *("share", "share this", "share this article", "share this story", "share on facebook", "share on twitter", "share via", "tweet", "pin it", "copy link", "email this"),
    *("print this", "print", "follow us", "share article", "like us on facebook", "send by email", "link copied", "save", "bookmark", "whatsapp", "facebook", "twitter", "telegram", "linkedin", "instagram", "email", "e-mail"),
    *("teilen", "artikel teilen", "auf facebook teilen", "drucken", "merken", "artikel drucken", "folgen sie uns", "per mail", "kommentare", "vorlesen", "feedback", "artikel anhören"),
    *("partager", "partager sur facebook", "partager l'article", "partager cet article", "imprimer", "suivez-nous", "écouter l'article", "commenter", "réagir", "copier le lien", "envoyer par email"),
    *("compartir", "compartir en facebook", "compartir en", "compartir esta noticia", "imprimir", "síguenos", "comparte", "copiar enlace", "escuchar", "guardar", "condividi", "condividi su", "condividi questo articolo", "stampa", "seguici su", "ascolta", "commenta"),
    *("compartilhar", "compartilhe", "compartilhe esta notícia", "partilhar", "partilhe", "siga-nos", "copiar link", "ouvir", "deel", "delen", "deel dit artikel", "deel artikel", "volg ons", "afdrukken", "dela", "dela artikeln", "dela på facebook", "skriv ut", "följ oss"),
    *("del", "del artikel", "del artiklen", "udskriv", "følg os", "del artikkelen", "skriv ut", "følg oss", "jaa", "jaa artikkeli", "tulosta", "udostępnij", "udostępnij na facebooku", "podziel się", "drukuj", "obserwuj nas", "sdílet", "sdílet na facebooku", "zdieľať", "vytlačiť", "tisk"),
    *("megosztás", "megosztom", "nyomtatás", "kövessen minket", "distribuie", "distribuie pe facebook", "urmărește-ne", "podijeli", "podeli", "podijeli na facebooku", "deli", "deli na facebooku", "natisni", "jaga", "dalīties", "dalintis", "споделя", "споделете", "сподели"),
    *("поделиться", "поделиться в", "распечатать", "подписаться", "поділитися", "поширити", "роздрукувати", "κοινοποίηση", "μοιραστείτε", "κοινοποιήστε", "paylaş", "yazdır", "facebook'ta paylaş", "شارك", "مشاركة", "طباعة", "اشتراک گذاری", "چاپ", "שתפו", "שתף", "הדפס"),
    *("शेयर करें", "साझा करें", "শেয়ার করুন", "แชร์", "chia sẻ", "bagikan", "kongsi", "シェア", "シェアする", "ツイート", "印刷", "分享", "分享到", "打印", "列印", "收藏", "공유", "공유하기", "인쇄", "댓글"),
)
"""Buttons that share, print or follow."""

SHARE_OPENS = (
    *("share this article", "share this story", "share this post", "share on", "follow us on", "follow us", "like us on", "join us on"),
    *("teilen sie diesen", "artikel teilen", "diesen artikel teilen", "folgen sie uns", "folgt uns", "folge uns", "partagez cet", "partagez l'article"),
    *("partager cet article", "suivez-nous", "suivez nous", "comparte esta", "compartir esta", "comparte este", "síguenos en", "síganos en", "condividi questo", "condividi l'articolo", "condividi su"),
    *("seguici su", "compartilhe esta", "compartilhe este", "partilhe esta", "siga-nos", "siga o", "deel dit", "deel artikel", "volg ons", "dela artikeln", "dela på", "följ oss"),
    *("del artiklen", "del på", "del artikkelen", "følg os på", "følg oss på", "jaa artikkeli", "seuraa meitä", "udostępnij ten", "udostępnij na", "podziel się", "śledź nas", "obserwuj nas"),
    *("sdílejte článek", "sdílet článek", "sdílet na", "sledujte nás", "zdieľajte", "zdieľať článok", "sledujte nás na", "oszd meg", "ossza meg", "kövess minket", "kövessen minket"),
    *("distribuie articolul", "distribuiți", "urmărește-ne", "urmăriți-ne", "podijeli na", "podijelite", "podelite", "podeli na", "pratite nas", "delite članek", "spremljajte nas"),
    *("сподели статията", "споделете статията", "споделете в", "последвайте ни", "поделитесь", "поделиться в", "поширте", "поділіться", "поширити у", "κοινοποιήστε", "μοιραστείτε το", "ακολουθήστε μας"),
    *("bu haberi paylaş", "haberi paylaş", "bizi takip edin", "شارك الخبر", "شارك هذا", "شارك المقال", "تابعونا على", "تابعنا على", "اشتراک گذاری این", "ما را دنبال", "שתפו את", "עקבו אחרינו"),
    *("इस खबर को शेयर", "खबर शेयर करें", "हमें फॉलो करें", "শেয়ার করুন", "แชร์ข่าวนี้", "แชร์บทความ", "ติดตามเรา", "chia sẻ bài viết", "bagikan artikel", "bagikan berita", "ikuti kami", "この記事をシェア", "分享本文", "分享至", "分享文章", "기사 공유", "이 기사를 공유"),
)
"""Openings of lines that offer to share or to follow."""

CREDIT = (
    *("photo", "photos", "photograph", "photo by", "photo credit", "image", "image credit", "images", "picture", "pictures", "image source", "picture credit", "credit", "credits", "video", "illustration", "graphic", "source", "sources", "file photo"),
    *("snimio", "snimila", "fotografirao", "fotografirala", "fotografoval", "vyfotil", "zdroj fotografie", "फ़ोटो", "छायाचित्र", "चित्र"),
    *("photography", "photographs", "getty images", "cover image", "featured image", "foto", "fotos", "bild", "bilder", "bildquelle", "fotografie", "fotograf", "quelle", "quellen", "symbolfoto", "archivfoto", "symbolbild", "archivbild", "grafik", "foto oben", "titelbild"),
    *("crédit photo", "crédits photo", "crédit", "crédits", "légende", "photo d'illustration", "illustrations", "fuente", "foto de", "fotografía", "imagen", "crédito", "créditos", "fonte", "foto di", "fotografia", "immagine", "crediti", "imagem", "foto reprodução", "divulgação", "reprodução"),
    *("beeld", "bron", "foto's", "tekst en foto", "tekst", "bild", "text", "text och bild", "källa", "kilde", "tekst og foto", "illustrasjon", "kuva", "kuvat", "lähde", "teksti", "zdjęcie", "fot", "źródło", "zdjęcia", "zdroj", "zdroje", "foto ilustrační", "autor fotky", "snímek"),
    *("kép", "fotó", "forrás", "képek", "nyitókép", "borítókép", "kiemelt kép", "sursă foto", "foto arhivă", "sursa", "sursă", "izvor", "vir", "foto ilustracija", "фото", "источник", "иллюстрация", "джерело", "снимка", "източник", "снимки", "извор", "фотографија"),
    *("πηγή", "φωτογραφία", "φωτό", "φωτογραφίες", "fotoğraf", "kaynak", "المصدر", "تصوير", "صورة", "منبع", "عکس", "צילום", "צילומים", "מקור", "फोटो", "स्रोत", "ছবি", "সূত্র", "ภาพ", "ที่มา", "ảnh", "nguồn", "theo", "sumber", "写真", "出典", "画像", "撮影", "写真提供", "图", "图片来源", "来源", "图源", "圖", "圖片來源", "來源", "文", "资料来源", "사진", "출처", "자료"),
)
"""What names who made a picture or where a text was taken from."""

CREDIT_OPENS = (
    *("reporting by", "additional reporting by", "editing by", "compiled by", "photo by", "photograph by", "photos by", "image by", "picture by", "image credit", "photo credit", "with material from", "the interview was conducted by"),
    *("das interview führte", "das gespräch führte", "die fragen stellte", "interview geführt von", "mit material von", "mit material der", "propos recueillis par", "avec afp", "con información de", "entrevista realizada por", "intervista di"),
    *("snimio:", "snimila:", "fotografirao", "fotografoval", "zdjęcie wykonał", "фото автора", "φωτογραφία του", "تصوير:", "צילום:", "ภาพโดย", "ảnh của", "foto oleh", "撮影・", "写真・", "摄影：", "攝影：", "사진="),
)
"""Openings of lines that name who reported, took pictures or asked the questions."""

TAGS = (
    *("tags", "tag", "topics", "filed under", "keywords", "categories", "category", "in this story", "schlagwörter", "schlagworte", "stichworte", "themen", "mots-clés", "mots clés", "thèmes", "sujets", "etiquetas", "archivado en", "temas", "más sobre", "etichette", "argomenti", "assuntos"),
    *("trefwoorden", "onderwerpen", "taggar", "ämnen", "emneord", "emner", "stikkord", "avainsanat", "aiheet", "tagi", "tematy", "štítky", "témata", "klíčová slova", "kľúčové slová", "témy", "címkék", "etichete", "oznake", "ključne riječi", "ključne besede", "tagovi", "теги", "ключевые слова", "темы", "тэги", "ключові слова", "тагове", "ключови думи"),
    *("ετικέτες", "etiketler", "konular", "الكلمات المفتاحية", "وسوم", "كلمات دلالية", "برچسب‌ها", "کلیدواژه‌ها", "תגיות", "टैग", "टैग्स", "ট্যাগ", "แท็ก", "từ khóa", "tag:", "topik", "kata kunci", "タグ", "キーワード", "标签", "關鍵字", "标签：", "關鍵詞", "关键词", "태그"),
)
"""Labels of lists of keywords."""

BYLINE = (
    *("by", "written by", "reported by", "edited by", "author", "authors", "reporting by", "words by", "story by", "text by", "posted by", "published by", "contributor", "staff writer", "staff reporter"),
    *("von", "autor", "autorin", "autoren", "ein beitrag von", "text von", "geschrieben von", "interview", "par", "écrit par", "publié par", "propos recueillis par", "rédigé par", "auteur", "por", "escrito por", "autora", "redacción", "publicado por"),
    *("di", "a cura di", "scritto da", "pubblicato da", "texto", "publicado por", "reportagem", "door", "geschreven door", "av", "af", "skriven av", "skrevet av", "skrevet af", "teksti", "kirjoittaja", "toimittaja", "autor", "tekst", "opracował", "opracowanie", "oprac", "napisał", "text", "autorka"),
    *("írta", "szerző", "szerkesztő", "autor", "autori", "scris de", "de", "piše", "napisao", "avtor", "avtorica", "автор", "авторы", "автори", "автор текста", "текст", "автор статті", "редактор", "съставител", "γράφει", "γράφει ο", "γράφει η", "του", "της", "yazar", "yazan", "haber", "haber merkezi"),
    *("كتب", "كتبت", "بقلم", "المحرر", "إعداد", "نویسنده", "گزارش", "מאת", "כתב", "लेखक", "लेखिका", "द्वारा", "প্রতিবেদক", "โดย", "tác giả", "oleh", "penulis", "editor", "reporter", "文", "記者", "记者", "编辑", "編輯", "责任编辑", "責任編輯", "作者", "撰文", "文／", "기자", "글"),
)
"""What introduces the name of an author; a line of it is short and ends without a full stop."""

ADVERTISEMENT = (
    *("advertisement", "advertisements", "advertising", "ad", "ads", "sponsored", "sponsored content", "promoted", "promoted content", "ad feedback", "anzeige", "werbung", "anzeigen", "advertorial", "werbeanzeige", "publicité", "annonce", "publicidad", "anuncio", "pubblicità", "publicidade", "publicidade/", "pub"),
    *("advertentie", "advertenties", "annons", "annonce", "reklame", "annonse", "annonsørinnhold", "mainos", "reklama", "reklamy", "reklámok", "hirdetés", "publicitate", "oglas", "oglasi", "reklaam", "reklāma", "реклама", "на правах рекламы", "διαφήμιση", "reklam", "إعلان", "إعلانات", "تبلیغات", "פרסומת", "विज्ञापन", "বিজ্ঞাপন", "โฆษณา", "quảng cáo", "iklan", "広告", "スポンサーリンク", "广告", "廣告", "광고"),
)
"""Labels of advertisements."""

COMMENTS = (
    *("comments", "leave a comment", "leave a reply", "join the conversation", "show comments", "view comments", "no comments", "post a comment", "comments are closed", "add a comment", "what do you think", "have your say"),
    *("kommentar schreiben", "anmelden, um kommentare zu schreiben", "log in to post comments", "kommentare anzeigen", "diskutieren sie mit", "jetzt kommentieren", "zu den kommentaren", "commentaires", "laisser un commentaire", "lire les commentaires", "comentarios", "deja un comentario", "ver comentarios", "commenti", "lascia un commento"),
    *("comentários", "deixe um comentário", "reacties", "reageer", "plaats een reactie", "kommentarer", "kommentera", "skriv en kommentar", "kommentit", "kommentoi", "komentarze", "dodaj komentarz", "skomentuj", "komentáře", "přidat komentář", "diskuse", "diskuze", "komentáre", "diskusia"),
    *("hozzászólások", "hozzászólok", "comentarii", "lasă un comentariu", "komentari", "komentiraj", "komentarji", "комментарии", "оставить комментарий", "коментарі", "залишити коментар", "коментари", "σχόλια", "σχολιάστε", "yorumlar", "yorum yap", "yorum yaz", "التعليقات", "أضف تعليق", "دیدگاه", "نظرات", "תגובות", "कमेंट", "মন্তব্য", "bình luận", "komentar", "コメント", "评论", "評論", "留言", "댓글 쓰기"),
)
"""What leads to readers' comments."""

RIGHTS = (
    *("all rights reserved", "©", "copyright", "(c)", "this material may not be published", "alle rechte vorbehalten", "nachdruck verboten", "tous droits réservés", "reproduction interdite", "todos los derechos reservados", "prohibida su reproducción", "tutti i diritti riservati", "riproduzione riservata", "© riproduzione riservata", "todos os direitos reservados"),
    *("alle rechten voorbehouden", "alla rättigheter", "alle rettigheder", "alle rettigheter", "kaikki oikeudet pidätetään", "wszelkie prawa zastrzeżone", "všechna práva vyhrazena", "všetky práva vyhradené", "minden jog fenntartva", "toate drepturile rezervate", "sva prava pridržana", "sva prava zadržana", "vse pravice pridržane", "все права защищены", "перепечатка", "усі права захищені", "всички права запазени"),
    *("tüm hakları saklıdır", "جميع الحقوق محفوظة", "تمامی حقوق", "כל הזכויות שמורות", "सर्वाधिकार सुरक्षित", "สงวนลิขสิทธิ์", "無断転載", "版权所有", "版權所有", "未经授权", "무단전재", "무단 전재", "저작권자", "ⓒ"),
)
"""Notices of rights."""

DATED = (
    *("last updated", "updated", "published", "published on", "updated on", "posted on", "first published", "last modified", "posted", "updated at", "zuletzt aktualisiert", "aktualisiert", "aktualisiert am", "veröffentlicht", "veröffentlicht am", "stand", "erstellt", "erstellt am", "letzte aktualisierung"),
    *("publié le", "mis à jour le", "publié", "mis à jour", "modifié le", "créé le", "publicado", "publicado el", "actualizado", "actualizado el", "última actualización", "pubblicato il", "pubblicato", "aggiornato", "aggiornato il", "ultimo aggiornamento", "publicado em", "atualizado em", "última atualização", "gepubliceerd", "gepubliceerd op", "laatst bijgewerkt", "bijgewerkt"),
    *("publicerad", "uppdaterad", "senast uppdaterad", "publiceret", "opdateret", "sidst opdateret", "publisert", "oppdatert", "sist oppdatert", "julkaistu", "päivitetty", "opublikowano", "aktualizacja", "data publikacji", "ostatnia aktualizacja", "publikováno", "aktualizováno", "zverejnené", "aktualizované", "megjelent", "frissítve", "módosítva", "publicat", "actualizat", "ultima actualizare", "objavljeno", "ažurirano", "objavljeno dne"),
    *("опубликовано", "обновлено", "дата публикации", "опубліковано", "оновлено", "публикувана", "обновена", "δημοσιεύθηκε", "δημοσίευση", "ενημερώθηκε", "τελευταία ενημέρωση", "yayınlanma", "güncelleme", "güncellenme", "yayınlanma tarihi", "son güncelleme", "giriş", "نشر في", "آخر تحديث", "تاريخ النشر", "تاریخ انتشار", "פורסם", "עודכן", "प्रकाशित", "अपडेटेड", "เผยแพร่", "cập nhật", "diterbitkan", "更新", "公開日", "更新日", "配信", "发布时间", "發布時間", "发布于", "입력", "수정", "등록", "기사입력"),
)
"""What introduces a date of publication; such a line has figures."""

READING_TIME = (
    *("min read", "minute read", "minutes read", "min. lesezeit", "minuten lesezeit", "lesezeit", "lesedauer", "reading time", "temps de lecture", "min de lecture", "minutes de lecture", "tiempo de lectura", "min de lectura", "minutos de lectura", "tempo di lettura", "min di lettura"),
    *("tempo de leitura", "min de leitura", "leestijd", "minuten leestijd", "läsningstid", "min lästid", "min. læsetid", "læsetid", "lesetid", "lukuaika", "min czytania", "czas czytania", "minut čtení", "doba čtení", "perc olvasás", "timp de citire", "min čitanja", "время чтения", "мин чтения", "час читання", "хв читання", "okuma süresi", "dk okuma", "وقت القراءة", "دقيقة قراءة", "زمان مطالعه", "阅读时间"),
)
"""How long reading takes."""

CONTENTS = (
    *("table of contents", "contents", "in this article", "on this page", "jump to", "inhaltsverzeichnis", "inhalt", "in diesem artikel", "sommaire", "au sommaire", "table des matières", "índice", "en este artículo", "indice", "sommario", "índice de contenidos", "inhoudsopgave", "innehåll", "innehållsförteckning", "indholdsfortegnelse", "innhold", "sisällysluettelo", "spis treści", "obsah", "tartalom", "cuprins", "sadržaj", "содержание", "зміст", "съдържание", "περιεχόμενα", "içindekiler", "目次", "目录", "目錄", "목차"),
)
"""Headings of lists of what is on the page."""

KINDS = (
    Kind("read-more", Reach.LABEL, READ_MORE),
    Kind("read-more", Reach.OPENING, OPENS_READ_MORE),
    Kind("prompt", Reach.ANYWHERE, PROMPT),
    Kind("share", Reach.WHOLE, SHARE),
    Kind("share", Reach.OPENING, SHARE_OPENS),
    Kind("credit", Reach.LABEL, CREDIT),
    Kind("credit", Reach.OPENING, CREDIT_OPENS),
    Kind("tags", Reach.LABEL, TAGS),
    Kind("byline", Reach.OPENING, BYLINE),
    Kind("advertisement", Reach.WHOLE, ADVERTISEMENT),
    Kind("comments", Reach.LABEL, COMMENTS),
    Kind("rights", Reach.OPENING, RIGHTS),
    Kind("dated", Reach.OPENING, DATED),
    Kind("reading-time", Reach.ANYWHERE, READING_TIME),
    Kind("contents", Reach.WHOLE, CONTENTS),
)
"""Every kind with its table."""

_CREDITS = finder((plain(phrase), len(plain(phrase))) for phrase in CREDIT if phrase not in ("text", "texto", "tekst"))

LONGEST_CREDIT = 60
"""Characters of a name and its agency behind the credit that a caption ends with."""

SHORT = 160
"""Characters up to which a line may be a prompt: longer ones are somebody's words about one."""

_FOUND = finder(
    (plain(phrase), (len(plain(phrase)), tuple((kind.name, kind.reach) for kind in KINDS if phrase in kind.phrases)))
    for kind in KINDS
    for phrase in kind.phrases
)
_AROUND = " \t-–—>»›«‹|•·*+→▶►➤■◆●○:：.…,()[]【】《》〈〉「」『』\"'!?#⟩⟨"
_COLONS = (":", "：", "|", ">", "»", "→", " - ", "/", "／", "-", "【", "】", "･", "·", "﹕")


def kinds_of(line: str) -> frozenset[str]:
    """Return the kinds of a line given as `words.plain` leaves it; most lines of an article have none."""
    begins = len(line) - len(line.lstrip(_AROUND))
    ends = len(line.rstrip(_AROUND))
    found = set()
    for last, (length, entries) in _FOUND.iter(line):
        first, after = last - length + 1, last + 1
        if not _is_apart(line, first, after):
            continue
        for kind, reach in entries:
            if kind not in found and _reaches(line, reach, opens=first <= begins, closes=after >= ends, after=after):
                found.add(kind)
    return frozenset(found)


def ends_with_credit(line: str) -> bool:
    """Whether a line, plain, ends as a caption does: "… of the bridge. Photo: Jane Doe"."""
    for last, length in _CREDITS.iter(line):
        first, after = last - length + 1, last + 1
        name = line[after:].lstrip(" ").removeprefix(":").removeprefix("：")
        is_label = len(name) < len(line[after:].lstrip(" "))
        if is_label and first and len(name) <= LONGEST_CREDIT and _is_apart(line, first, after) and not line.endswith("?"):
            return line[:first].rstrip(" (").endswith((".", "!", "?", ")", "。", "|", ",", "»", '"')) or first < LONGEST_CREDIT
    return False


def _is_apart(line: str, first: int, after: int) -> bool:
    """Whether a phrase does not begin or end within a word; scripts that put no spaces have no such bounds."""
    before, behind = line[first - 1 : first], line[after : after + 1]
    return not (before.isalpha() and before < "\u0e00" and line[first] < "\u0e00") and not (
        behind.isalpha() and behind < "\u0e00" and line[after - 1] < "\u0e00"
    )


def _reaches(line: str, reach: Reach, *, opens: bool, closes: bool, after: int) -> bool:
    if reach is Reach.ANYWHERE:
        return len(line) <= SHORT
    if reach is Reach.OPENING:
        return opens
    return opens and (closes or (reach is Reach.LABEL and line[after:].lstrip(" ").startswith(_COLONS)))
