"""The words of labels: each table knows them in many languages, and leaves sentences that begin with them alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.second_look.phrases import KINDS, SHORT, Reach, kinds_of
from pipelines.words import plain

LABELS: dict[str, tuple[str, ...]] = {
    "read-more": (
        *(
            "Read more: The mill that never slept",
            "Related stories",
            "▶ Watch: how bread is made",
            "MORE ON THIS STORY",
        ),
        *("Lesen Sie auch: Die Mühle, die nie schlief", "Mehr zum Thema", "À lire aussi : Le moulin sans sommeil"),
        *("Lea también: El molino que no dormía", "Te puede interesar", "Leggi anche: Il mulino che non dormiva"),
        *(
            "Leia também: O moinho que não dormia",
            "Lees ook: De molen die nooit sliep",
            "Läs också: Kvarnen som aldrig sov",
        ),
        *("Læs også: Møllen, der aldrig sov", "Les også: Mølla som aldri sov", "Lue myös: Mylly, joka ei nukkunut"),
        *("Czytaj także: Młyn, który nie spał", "Čtěte také: Mlýn, který nespal", "Čítajte aj: Mlyn, ktorý nespal"),
        *("Olvassa el ezt is: A malom, amely nem aludt", "Citește și: Moara care nu dormea", "Vezi și"),
        *("Pročitajte još: Mlin koji nije spavao", "Preberite tudi: Mlin, ki ni spal", "Loe ka: Veski, mis ei maganud"),
        *("Читайте также: Мельница, которая не спала", "Читайте також: Млин, який не спав", "Прочетете още: Мелницата"),
        *(
            "Διαβάστε επίσης: Ο μύλος που δεν κοιμόταν",
            "Ayrıca okuyun: Uyumayan değirmen",
            "اقرأ أيضا: الطاحونة التي لا تنام",
        ),
        *("بیشتر بخوانید: آسیابی که نمی خوابید", "קראו גם: הטחנה שלא ישנה", "यह भी पढ़ें: चक्की जो सोती नहीं"),
        *("อ่านเพิ่มเติม: โรงสีที่ไม่เคยหลับ", "Xem thêm: Cối xay không ngủ", "Baca juga: Kincir yang tak pernah tidur"),
        *(
            "関連記事：眠らない水車小屋",
            "【関連記事】",
            "相关阅读：不眠的磨坊",
            "延伸閱讀：不眠的磨坊",
            "관련기사: 잠들지 않는 방앗간",
        ),
    ),
    "prompt": (
        *("Sign up for our newsletter", "The best of the valley in your inbox", "Jetzt unseren Newsletter bestellen"),
        *("Abonnez-vous pour lire la suite", "Suscríbete a nuestro boletín", "Iscriviti alla nostra newsletter"),
        *("Assine nossa newsletter", "Schrijf je in voor onze nieuwsbrief", "Prenumerera på vårt nyhetsbrev"),
        *(
            "Tilmeld dig vores nyhedsbrev",
            "Meld deg på vårt nyhetsbrev",
            "Tilaa uutiskirje",
            "Zapisz się do newslettera",
        ),
        *("Přihlaste se k odběru", "Prihláste sa na odber", "Iratkozzon fel hírlevelünkre", "Abonează-te acum"),
        *(
            "Pretplatite se na vijesti",
            "Naročite se na novice",
            "Подпишитесь на нашу рассылку",
            "Підписуйтесь на канал",
        ),
        *("Абонирайте се за новини", "Εγγραφείτε στο newsletter", "Bültenimize katılın", "اشترك في نشرتنا البريدية"),
        *("در خبرنامه ما مشترک شوید", "הירשמו לניוזלטר", "हमारे न्यूज़लेटर से जुड़ें", "Đăng ký nhận bản tin"),
        *("メルマガ登録はこちら", "订阅我们的简报", "뉴스레터 구독하기"),
    ),
    "share": (
        *(
            "Share",
            "Share this article",
            "Teilen",
            "Partager",
            "Compartir",
            "Condividi",
            "Compartilhar",
            "Deel",
            "Dela",
        ),
        *(
            "Del artikel",
            "Del artikkelen",
            "Jaa",
            "Udostępnij",
            "Sdílet",
            "Zdieľať",
            "Megosztás",
            "Distribuie",
            "Podijeli",
        ),
        *("Deli", "Поделиться", "Поділитися", "Сподели", "Κοινοποίηση", "Paylaş", "شارك", "اشتراک گذاری", "שתפו"),
        *("शेयर करें", "แชร์", "Chia sẻ", "Bagikan", "シェアする", "分享到：", "공유하기"),
    ),
    "credit": (
        *("Photo: Ada Brand", "Getty Images", "Source: the parish books", "Foto: Karl Brand", "Bildquelle: Archiv"),
        *(
            "Crédit photo : Sébastien Leclair",
            "Fuente: Archivo del valle",
            "Fonte: arquivo da vila",
            "Foto di: Lucia Conti",
        ),
        *("Beeld: Jan de Vries", "Källa: Dalens arkiv", "Kilde: Dalens arkiv", "Kuva: Aino Laine", "Źródło: archiwum"),
        *("Zdroj: archiv", "Forrás: levéltár", "Sursa: arhiva", "Izvor: arhiv", "Vir: arhiv", "Фото: Иван Лесной"),
        *("Джерело: архів", "Снимка: архив", "Πηγή: αρχείο", "Kaynak: arşiv", "المصدر: الأرشيف", "منبع: بایگانی"),
        *("צילום: דנה לוי", "फोटो: संग्रह", "ที่มา: หอจดหมายเหตุ", "Nguồn: kho lưu trữ", "Sumber: arsip"),
        *("写真：資料室", "图片来源：资料室", "사진: 자료실"),
    ),
    "tags": (
        *("Tags: mill, bread", "Topics", "Filed under: bread", "Schlagwörter: Mühle, Brot", "Mots-clés : moulin, pain"),
        *("Etiquetas: molino, pan", "Etichette: mulino, pane", "Assuntos: moinho", "Trefwoorden: molen, brood"),
        *("Ämnen: kvarn, bröd", "Emneord: mølle", "Stikkord: mølle", "Avainsanat: mylly", "Tagi: młyn", "Štítky: mlýn"),
        *("Kľúčové slová: mlyn", "Címkék: malom", "Etichete: moara", "Oznake: mlin", "Ključne besede: mlin"),
        *("Теги: мельница", "Ключові слова: млин", "Тагове: мелница", "Ετικέτες: μύλος", "Etiketler: değirmen"),
        *(
            "الكلمات المفتاحية: طاحونة",
            "תגיות: טחנה",
            "टैग: चक्की",
            "แท็ก: โรงสี",
            "Từ khóa: cối xay",
            "Kata kunci: kincir",
        ),
        *("タグ：水車", "标签：磨坊", "태그: 방앗간"),
    ),
    "byline": (
        *(
            "By Ada Brand",
            "Words by Ole Vik",
            "Von Karl Brand",
            "Par Sébastien Leclair",
            "Por Ana López",
            "Di Lucia Conti",
        ),
        *("Reportagem: Ana Souza", "Door Jan de Vries", "Av Kari Vik", "Af Ole Holm", "Kirjoittaja: Aino Laine"),
        *("Autor: Jan Kowal", "Autorka: Jana Malá", "Írta: Kis Anna", "Scris de Ion Pop", "Piše: Iva Horvat"),
        *("Avtor: Jan Novak", "Автор: Иван Лесной", "Текст: Ольга Гай", "Γράφει ο Νίκος Λάμπρος", "Yazan: Ayşe Kaya"),
        *("بقلم سمير حداد", "نویسنده: مینا راد", "מאת דנה לוי", "लेखक: रवि शर्मा", "โดย สมชาย ใจดี", "Tác giả: Lê An"),
        *("Oleh Budi Santoso", "記者 王小林", "责任编辑：王小林", "글 문길동"),
    ),
    "advertisement": (
        *(
            "Advertisement",
            "- ADVERTISEMENT -",
            "Sponsored content",
            "Anzeige",
            "Publicité",
            "Publicidad",
            "Pubblicità",
        ),
        *("Publicidade", "Advertentie", "Annons", "Annonce", "Annonsørinnhold", "Mainos", "Reklama", "Hirdetés"),
        *("Publicitate", "Oglas", "Reklaam", "Реклама", "Διαφήμιση", "Reklam", "إعلان", "تبلیغات", "פרסומת", "विज्ञापन"),
        *("โฆษณา", "Quảng cáo", "Iklan", "[広告]", "广告", "광고"),
    ),
    "comments": (
        *("Show comments", "Leave a comment", "Kommentare anzeigen", "Laisser un commentaire", "Deja un comentario"),
        *(
            "Lascia un commento",
            "Deixe um comentário",
            "Reacties",
            "Skriv en kommentar",
            "Kommentoi",
            "Dodaj komentarz",
        ),
        *("Přidat komentář", "Diskusia", "Hozzászólások", "Lasă un comentariu", "Komentiraj", "Оставить комментарий"),
        *("Залишити коментар", "Σχόλια", "Yorumlar", "التعليقات", "نظرات", "תגובות", "कमेंट", "Bình luận", "コメント"),
        *("评论：", "댓글 쓰기"),
    ),
    "rights": (
        *(
            "All rights reserved.",
            "© 2026 The Lantern",
            "(c) The Lantern",
            "Alle Rechte vorbehalten",
            "Tous droits réservés",
        ),
        *("Todos los derechos reservados", "Riproduzione riservata", "Todos os direitos reservados"),
        *("Alle rechten voorbehouden", "Alla rättigheter förbehållna", "Alle rettigheder forbeholdes"),
        *("Alle rettigheter forbeholdt", "Kaikki oikeudet pidätetään", "Wszelkie prawa zastrzeżone"),
        *("Všechna práva vyhrazena", "Všetky práva vyhradené", "Minden jog fenntartva", "Toate drepturile rezervate"),
        *("Sva prava pridržana", "Vse pravice pridržane", "Все права защищены", "Усі права захищені"),
        *(
            "Всички права запазени",
            "Tüm hakları saklıdır",
            "جميع الحقوق محفوظة",
            "כל הזכויות שמורות",
            "無断転載を禁じます",
        ),
        *("版权所有", "무단전재 및 재배포 금지"),
    ),
    "dated": (
        *(
            "Last updated 3 March 2026",
            "Posted on 3 March",
            "Aktualisiert am 3. März 2026",
            "Stand: 3. März",
            "Publié le 3 mars",
        ),
        *("Actualizado el 3 de marzo", "Pubblicato il 3 marzo", "Publicado em 3 de março", "Gepubliceerd op 3 maart"),
        *("Publicerad 3 mars", "Opdateret 3. marts", "Oppdatert 3. mars", "Julkaistu 3.3.2026", "Opublikowano 3 marca"),
        *(
            "Aktualizováno 3. března",
            "Zverejnené 3. marca",
            "Frissítve: március 3.",
            "Actualizat 3 martie",
            "Objavljeno 3. 3.",
        ),
        *(
            "Опубликовано 3 марта",
            "Оновлено 3 березня",
            "Публикувана на 3 март",
            "Ενημερώθηκε 3 Μαρτίου",
            "Güncelleme: 3 Mart",
        ),
        *("آخر تحديث 3 مارس", "פורסם ב-3 במרץ", "प्रकाशित 3 मार्च", "เผยแพร่ 3 มีนาคม", "Cập nhật 3/3/2026"),
        *("更新：2026年3月3日", "发布时间：2026-03-03", "입력 2026.03.03"),
    ),
    "reading-time": (
        *(
            "4 min read",
            "4 minutes read",
            "Lesezeit: 4 Min.",
            "4 minutes de lecture",
            "4 min de lectura",
            "4 min di lettura",
        ),
        *(
            "4 min de leitura",
            "Leestijd 4 minuten",
            "4 min lästid",
            "Læsetid: 4 min",
            "Lesetid 4 min",
            "Lukuaika 4 min",
        ),
        *("4 min czytania", "Doba čtení 4 minuty", "4 perc olvasás", "Timp de citire: 4 minute", "4 min čitanja"),
        *("Время чтения: 4 мин", "Час читання 4 хв", "Okuma süresi 4 dk", "وقت القراءة 4 دقائق", "زمان مطالعه 4 دقیقه"),
        *("阅读时间 4 分钟",),
    ),
    "contents": (
        *(
            "Table of contents",
            "In this article:",
            "Inhaltsverzeichnis",
            "Sommaire",
            "Índice",
            "Indice",
            "Inhoudsopgave",
        ),
        *(
            "Innehåll",
            "Indholdsfortegnelse",
            "Innhold",
            "Sisällysluettelo",
            "Spis treści",
            "Obsah",
            "Tartalom",
            "Cuprins",
        ),
        *("Sadržaj", "Содержание", "Зміст", "Съдържание", "Περιεχόμενα", "目次", "目录", "목차"),
    ),
}
"""For each kind lines of it as pages have them."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "read-more": (
        *(
            "Read more books, she told the pupils.",
            "Related families lived in the same street.",
            "Watch the river rise.",
        ),
        *(
            "Recommended doses vary.",
            "Mehr von allem wollten sie nicht.",
            "Weitere Artikel des Vertrags regeln den Zoll.",
        ),
        *(
            "Vidéo et son étaient mauvais ce soir-là.",
            "En savoir plus était son seul but.",
            "Además llovía en la plaza.",
        ),
        *(
            "Ver más no era posible con la niebla.",
            "Leggi tutto quello che trovi, diceva.",
            "Saiba mais quem quiser, disse.",
        ),
        *("Meer over de brug wist niemand.", "Mer om saken ville ingen säga.", "Mere om sagen ville ingen sige."),
        *(
            "Mer fra avisen kom aldri.",
            "Aiheesta lisää kertoi vasta poliisi.",
            "Polecamy się na przyszłość, rzekł kowal.",
        ),
        *("Související náklady nese obec.", "Súvisiace náklady nesie obec.", "Bővebben csak másnap beszélt róla."),
        *(
            "Recomandări nu a primit nimeni.",
            "Подробнее об этом он рассказал утром.",
            "Детальніше він розповів уранці.",
        ),
        *("Виж още колко звезди има, каза дядото.", "Daha fazla ekmek yoktu.", "ذات صلة وثيقة بالأمر كانت الرسالة."),
        *("Tin liên quan đến vụ án được giữ kín.", "Lihat juga sisi lainnya, kata guru itu.", "更多新闻从前线传来。"),
        *("続きを読むと、話はまるで違っていた。", "더 보기 위해 산에 올랐다."),
    ),
    "share": (
        *("Share the bread before it is cold.", "Teilen will er die Beute nicht.", "Partager le pain était la règle."),
        *("Compartir la mesa era costumbre.", "Condividi il pane con noi, disse.", "Compartilhar o pão era a regra."),
        *("Deel van de brug stortte in.", "Dela brödet, sade hon.", "Del af broen faldt ned.", "Jaa leipä, hän sanoi."),
        *("Udostępnij nam izbę, prosili.", "Sdílet chleba bylo pravidlem.", "Megosztás nélkül nincs béke."),
        *("Podijeli kruh, rekla je.", "Поделиться хлебом было правилом.", "Поділитися хлібом було правилом."),
        *("Κοινοποίηση της απόφασης δεν έγινε.", "Paylaş ekmeğini, dedi.", "شارك الجميع في العمل.", "分享面包是规矩。"),
    ),
    "credit": (
        *(
            "Photo albums lay open on the table.",
            "Source of the fire was a stove.",
            "Foto und Film gehören ins Archiv.",
        ),
        *("Crédit et dette vont ensemble.", "Fuente de agua no hay en el valle.", "Fonte de calor era a lareira."),
        *(
            "Beeld en geluid vielen weg.",
            "Källa till glädje var boken.",
            "Kilde til vrede var prisen.",
            "Kuva putosi seinältä.",
        ),
        *("Źródło bije pod lasem.", "Zdroj vody vyschl.", "Forrás fakad a hegy alatt.", "Sursa râului a secat."),
        *("Izvor je presušio.", "Фото со свадьбы стояло на столе.", "Джерело б'є під горою.", "Снимка няма."),
        *("Πηγή νερού δεν υπάρχει.", "Kaynak suyu azaldı.", "المصدر الوحيد للماء هو البئر.", "Sumber air itu kering."),
        *("来源不明的消息很多。", "사진 속의 다리는 낡았다."),
    ),
    "tags": (
        *(
            "Topics were few.",
            "Tags der offenen Tür kamen viele.",
            "Themen gab es genug.",
            "Sujets graves, ce soir-là.",
        ),
        *("Temas no faltaron.", "Argomenti non mancavano.", "Assuntos não faltaram.", "Onderwerpen waren er genoeg."),
        *("Emner var der nok af.", "Aiheet loppuivat.", "Tematy się skończyły.", "Témata došla.", "Témy sa minuli."),
        *(
            "Темы кончились.",
            "Ключевые слова песни забыты.",
            "Konular bitti.",
            "标签太多了。",
            "キーワードは水だった。",
        ),
    ),
    "byline": (
        *("Bystanders saw it.", "Vonnis volgt in mei.", "Parmi eux, un enfant.", "Porque llovía.", "Dina flög hem."),
        *("Avis locaux.", "Aften faldt på.", "Autoryzacja trwa.", "Autobusy nejezdí.", "Szerződés készült."),
        *("Depois choveu.", "Авторынок закрыт.", "Авторитет його впав.", "Yazarkasa çalındı.", "Olehkan itu."),
    ),
    "advertisement": (
        *(
            "Advertising pays for the bus.",
            "Anzeige gegen den Müller erstattet",
            "Publicité et vérité ne vont pas ensemble.",
        ),
        *(
            "Publicidad hubo poca.",
            "Pubblicità e verità non vanno insieme.",
            "Publicidade não faltou.",
            "Annons eller inte",
        ),
        *(
            "Advertentie of niet",
            "Annonce eller ej",
            "Mainos putosi katolta.",
            "Reklama dźwignią handlu",
            "Hirdetés nem volt.",
        ),
        *(
            "Publicitate nu a fost.",
            "Oglas je nestao.",
            "Реклама хлеба не нужна.",
            "Διαφήμιση δεν έγινε.",
            "Reklam yapmadı.",
        ),
        *("إعلان الحرب جاء فجرا.", "广告太多了。"),
    ),
    "comments": (
        *("Comments by the mayor angered the town.", "Commentaires et rires fusaient.", "Comentarios hubo pocos."),
        *("Commenti non ce ne furono.", "Comentários não faltaram.", "Reacties bleven uit.", "Kommentarer kom inte."),
        *("Komentarze burmistrza oburzyły miasto.", "Diskuse trvala do noci.", "Diskusia trvala do noci."),
        *("Hozzászólások nélkül zárult az ülés.", "Comentarii nu au fost.", "Комментарии мэра возмутили город."),
        *(
            "Коментарі мера обурили місто.",
            "Σχόλια δεν έκανε.",
            "Yorumlar sertti.",
            "التعليقات كانت قاسية.",
            "评论家不同意。",
        ),
    ),
    "rights": (
        *(
            "Copyrighted songs were played.",
            "She said all rights reserved for the crown had lapsed.",
            "No © was on it.",
        ),
        *("Er sagt, alle Rechte vorbehalten sei nicht nötig.", "Il dit que tous droits réservés ne suffit pas."),
        *(
            "Dice que todos los derechos reservados al rey caducan.",
            "Disse che tutti i diritti riservati al re cadono.",
        ),
        *("Diz que todos os direitos reservados ao rei caem.", "Hij zei dat alle rechten voorbehouden bleven."),
        *(
            "Han sa att alla rättigheter gäller.",
            "Hun sagde, at alle rettigheder gælder.",
            "Hän sanoi: oikeudet pysyvät.",
        ),
        *("Mówi, że wszelkie prawa zastrzeżone wygasły.", "Říká, že všechna práva vyhrazena jsou."),
        *("Он сказал, что все права защищены законом.", "Він сказав, що усі права захищені законом."),
    ),
    "dated": (
        *(
            "The list was last updated in 1990.",
            "Standing in 2 lines, they waited.",
            "Der Stand von 1990 gilt.",
            "Standen sie 3 Tage?",
        ),
        *(
            "Le livre publié le 3 mars est lu.",
            "El libro publicado el 3 de marzo se lee.",
            "Il libro pubblicato il 3 marzo.",
        ),
        *(
            "O livro publicado em 3 de março.",
            "Het boek, gepubliceerd op 3 maart.",
            "Boken publicerad 1990.",
            "Bogen opdateret 1990.",
        ),
        *("Boka publisert 1990.", "Kirja julkaistu 1990.", "Książka opublikowana 1990.", "Книга, опубликовано 1990."),
        *("Книга, опубліковано 1990.", "Το βιβλίο, δημοσίευση 1990.", "Stare de 3 zile."),
    ),
    "contents": (
        *(
            "Contents of the chest were sold.",
            "Inhalt und Form stimmen.",
            "Sommaire fut le procès.",
            "Índice de precios sube",
        ),
        *("Indice dei prezzi sale", "Innehåll saknas i lådan.", "Innhold mangler i esken.", "Obsah bedny zmizel."),
        *(
            "Tartalom nélkül maradt a láda.",
            "Cuprins de spaimă, fugi.",
            "Sadržaj sanduka je nestao.",
            "Содержание письма тайна.",
        ),
        *("Зміст листа таємний.", "Съдържание няма.", "Περιεχόμενα δεν υπήρχαν.", "目录学是一门学问。", "목차가 없다."),
    ),
}
"""For each kind lines that begin with its words, or have them, and say something else."""

LONG = (
    " and so the letter went from hand to hand until the whole valley knew it by heart, word for word and line by line"
)
NAMES = tuple(dict.fromkeys(kind.name for kind in KINDS))


def _both(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(kind, line) for kind, lines in table.items() for line in lines]


@pytest.mark.parametrize(("kind", "line"), _both(LABELS))
def test_label(kind: str, line: str) -> None:
    """A line that is a label is of its kind, in whatever language."""
    assert kind in kinds_of(plain(line))


@pytest.mark.parametrize(("kind", "line"), _both(SENTENCES))
def test_sentence(kind: str, line: str) -> None:
    """A sentence that only begins with a label's words, or has them further on, is not of its kind."""
    assert kind not in kinds_of(plain(line))


@pytest.mark.parametrize("kind", ["prompt", "reading-time"])
def test_long_lines_have_no_prompts(kind: str) -> None:
    """What counts anywhere in a line counts in short lines alone: a long one is somebody's words about it."""
    for label in LABELS[kind]:
        line = plain(label + LONG * 2)
        assert len(line) > SHORT
        assert kind not in kinds_of(line), label


def test_every_kind_is_tried() -> None:
    """Every kind but one has lines of twenty languages here, and those that are no prompt have others beside them."""
    assert set(LABELS) == set(NAMES) - {"interviewer"}
    assert [kind for kind, lines in LABELS.items() if len(lines) < 20] == []
    assert set(SENTENCES) == set(NAMES) - {"prompt", "reading-time", "interviewer"}
    assert [kind for kind, lines in SENTENCES.items() if len(lines) < 15] == []


PHRASES = [(kind.name, kind.reach, phrase) for kind in KINDS for phrase in kind.phrases]


def test_every_phrase_is_found() -> None:
    """Every phrase of a table, as a line by itself or with marks around it, is of the table's kind."""
    missing = [
        (name, line)
        for name, _, phrase in PHRASES
        for line in (phrase, phrase.upper() if phrase.isascii() else phrase, f"» {phrase} «", f"[{phrase}]")
        if name not in kinds_of(plain(line))
    ]
    assert missing == []


def test_every_phrase_has_its_reach() -> None:
    """No phrase counts behind another word unless it may stand anywhere, or before one if it must be the whole line."""
    anywhere = {phrase for _, reach, phrase in PHRASES if reach is Reach.ANYWHERE}
    behind = [
        (name, phrase)
        for name, reach, phrase in PHRASES
        if reach is not Reach.ANYWHERE and phrase not in anywhere and name in kinds_of(plain(f"zzz {phrase}"))
    ]
    assert behind == []
    opens = {name for name, reach, _ in PHRASES if reach is Reach.OPENING}
    before = [
        (name, phrase)
        for name, reach, phrase in PHRASES
        if reach is Reach.WHOLE and name not in opens and name in kinds_of(plain(f"{phrase} zzz"))
    ]
    assert before == []


@pytest.mark.parametrize(("line", "within"), [("bystander", "by"), ("hearts and shares", "share"), ("readings", "ad")])
def test_phrases_within_words(line: str, within: str) -> None:
    """A phrase that is part of a longer word is none."""
    assert within in line
    assert kinds_of(line) == frozenset()


PROSE = (
    "The baker of the upper town rises at three, and long before the first bus his loaves stand in the window.",
    "Der Bäcker der oberen Stadt steht um drei Uhr auf, lange vor dem ersten Bus.",
    "Le boulanger de la ville haute se lève à trois heures, bien avant le premier bus.",
    "El panadero de la villa alta se levanta a las tres, mucho antes del primer autobús.",
    "Il fornaio della città alta si alza alle tre, molto prima del primo autobus.",
    "O padeiro da vila alta levanta-se às três, muito antes do primeiro autocarro.",
    "Bakkers van de bovenstad staan om drie uur op, lang voor de eerste bus.",
    "Bagaren i övre staden stiger upp klockan tre, långt före första bussen.",
    "Bageren i den øvre by står op klokken tre, længe før den første bus.",
    "Ylämäen leipuri nousee kolmelta, kauan ennen ensimmäistä bussia.",
    "Piekarz z górnego miasta wstaje o trzeciej, na długo przed pierwszym autobusem.",
    "Pekař z horního města vstává ve tři, dlouho před prvním autobusem.",
    "A felsőváros pékje háromkor kel, jóval az első busz előtt.",
    "Brutarul din orașul de sus se trezește la trei, cu mult înaintea primului autobuz.",
    "Пекарь верхнего города встает в три, задолго до первого автобуса.",
    "Пекар верхнього міста встає о третій, задовго до першого автобуса.",
    "Ο φούρναρης της πάνω πόλης ξυπνά στις τρεις, πολύ πριν από το πρώτο λεωφορείο.",
    "Yukarı kasabanın fırıncısı saat üçte kalkar, ilk otobüsten çok önce.",
    "يستيقظ خباز المدينة العليا في الثالثة، قبل أول حافلة بوقت طويل.",
    "האופה של העיר העליונה קם בשלוש, הרבה לפני האוטובוס הראשון.",
    "上の町のパン屋は三時に起きる。始発のバスよりずっと早い。",
    "上城的面包师三点起床，比第一班公共汽车早得多。",
    "윗마을 빵집 주인은 세 시에 일어난다. 첫 버스보다 훨씬 이르다.",
)


@pytest.mark.parametrize("line", PROSE)
def test_prose_has_no_kind(line: str) -> None:
    """A sentence of a story has no kind at all, in any language."""
    assert kinds_of(plain(line)) == frozenset()


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    """Whatever a line says, its kinds are names of the table's, and the same without the marks around it."""
    assert kinds_of(plain(text)) <= set(NAMES)
